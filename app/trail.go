package app

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"
)

// TrailEvent is one CloudTrail event: somebody called an AWS API. Scope and ID identify it.
type TrailEvent struct {
	Scope
	ID           string          `json:"id"` // eventID
	At           time.Time       `json:"at"` // seconds
	Name         string          `json:"name"`
	Source       string          `json:"source"` // dynamodb.amazonaws.com
	Type         string          `json:"type,omitempty"`
	Category     string          `json:"category,omitempty"`
	ReadOnly     bool            `json:"read_only"`
	Principal    Principal       `json:"principal"`
	SourceIP     string          `json:"source_ip,omitempty"` // or the name of the service that called
	UserAgent    string          `json:"user_agent,omitempty"`
	ErrorCode    string          `json:"error_code,omitempty"` // or Failure, where only message or response tell
	ErrorMessage string          `json:"error_message,omitempty"`
	RequestID    string          `json:"request_id,omitempty"`
	Resources    []TrailResource `json:"resources,omitempty"`
	Raw          json.RawMessage `json:"raw"` // the whole event, as CloudTrail wrote it
}

// TrailResource is something an event concerns.
type TrailResource struct {
	Type string `json:"type,omitempty"` // AWS::DynamoDB::Table
	Name string `json:"name"`           // name or ARN
}

// CompareTrail orders by time, then scope and id.
func CompareTrail(a, b TrailEvent) int {
	return cmp.Or(a.At.Compare(b.At), CompareScopes(a.Scope, b.Scope), cmp.Compare(a.ID, b.ID))
}

// Change reports whether the event changed something: a write that was not refused, and no sign-in.
func (e TrailEvent) Change() bool { return !e.ReadOnly && e.ErrorCode == "" && !e.SignIn() }

// SignIn reports whether somebody signed in or out, or took a role in the console, which changes no resource though
// CloudTrail calls it a write (CloudTrail user guide, "AWS Management Console sign-in events"; IAM Identity Center user
// guide, "Understanding IAM Identity Center sign-in events").
func (e TrailEvent) SignIn() bool {
	if e.Source != "signin.amazonaws.com" && e.Source != "sso.amazonaws.com" {
		return false
	}
	switch e.Name {
	case "ConsoleLogin", "CheckMfa", "SwitchRole", "ExitRole", "RenewRole", "GetSigninToken", "UserAuthentication",
		"CredentialChallenge", "CredentialVerification", "Authenticate", "Federate", "Logout":
		return true
	}
	return false
}

// Denied reports whether the caller lacked the permission.
func (e TrailEvent) Denied() bool {
	return strings.Contains(e.ErrorCode, "AccessDenied") || strings.Contains(e.ErrorCode, "UnauthorizedOperation")
}

// Service returns the source without its domain: dynamodb.
func (e TrailEvent) Service() string { return strings.TrimSuffix(e.Source, ".amazonaws.com") }

// Principal is who made a call (CloudTrail user guide, "userIdentity element").
type Principal struct {
	Type      string `json:"type,omitempty"` // IAMUser, AssumedRole, Root, AWSService, ...
	ARN       string `json:"arn,omitempty"`
	Account   string `json:"account,omitempty"`
	User      string `json:"user,omitempty"` // of an IAM user; the role's name of an assumed role
	Session   string `json:"session,omitempty"`
	AccessKey string `json:"access_key,omitempty"` // the key's id, never the key
	InvokedBy string `json:"invoked_by,omitempty"` // the AWS service that called on somebody's behalf
	MFA       bool   `json:"mfa,omitempty"`
}

// Name returns the principal as a person says it: an IAM user's name, role/session, root, or a service.
func (p Principal) Name() string {
	switch {
	case p.Type == "Root":
		return "root"
	case p.User != "" && p.Session != "":
		return p.User + "/" + p.Session
	case p.User != "":
		return p.User
	case p.InvokedBy != "":
		return p.InvokedBy
	}
	name := cmp.Or(principalOfARN(p.ARN), p.Account, p.Type)
	if p.Type == "AWSAccount" && p.Session != "" {
		return name + "/" + p.Session
	}
	return name
}

// Person reports whether a human probably made the call: root, an IAM user, or a role session named after a mail
// address or by IAM Identity Center, and no AWS service in between.
func (p Principal) Person() bool {
	if p.InvokedBy != "" {
		return false
	}
	return p.Type == "Root" || p.Type == "IAMUser" || strings.Contains(p.Session, "@") ||
		strings.HasPrefix(p.User, "AWSReservedSSO_")
}

// principalOfARN returns what follows user/, or role/session of an assumed role, or root.
func principalOfARN(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return ""
	}
	kind, rest, _ := strings.Cut(parts[5], "/")
	if kind == "user" { // a user may have a path before the name
		return rest[strings.LastIndexByte(rest, '/')+1:]
	}
	return cmp.Or(rest, kind)
}
