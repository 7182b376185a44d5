package simulator

import (
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

const stsSpace = "https://sts.amazonaws.com/doc/2011-06-15/"

// stsService is AWS Security Token Service: who am I, and temporary credentials.
func stsService() *service {
	return &service{
		prefix:  "sts",
		signing: "sts",
		wire:    queryWire{version: "2011-06-15", space: stsSpace},

		throttled:   refusal{status: 400, code: "Throttling", outcome: outcomeThrottled},
		denied:      refusal{status: 403, code: "AccessDenied", outcome: outcomeDenied},
		expired:     refusal{status: 403, code: "ExpiredToken", outcome: outcomeExpired},
		unsigned:    refusal{status: 403, code: "MissingAuthenticationToken"},
		badlySigned: refusal{status: 403, code: "IncompleteSignature"},
		broken:      refusal{status: 503, code: "ServiceUnavailable", outcome: outcomeFailed},
		unknown:     refusal{status: 400, code: "InvalidAction"},
		unreadable:  refusal{status: 400, code: "MalformedInput"},
		invalid:     refusal{status: 400, code: "ValidationError"},

		operations: []operation{
			{name: "GetCallerIdentity", answer: callerIdentity},
			{name: "AssumeRole", answer: assumeRole, signIn: true},
			{name: "GetSessionToken", answer: sessionToken, signIn: true},
		},
	}
}

// identity is GetCallerIdentity's answer.
type identity struct {
	XMLName   xml.Name `xml:"GetCallerIdentityResponse"`
	Space     string   `xml:"xmlns,attr"`
	ARN       string   `xml:"GetCallerIdentityResult>Arn"`
	UserID    string   `xml:"GetCallerIdentityResult>UserId"`
	Account   string   `xml:"GetCallerIdentityResult>Account"`
	RequestID string   `xml:"ResponseMetadata>RequestId"`
}

// callerIdentity says that the caller is an IAM user of the account that the key belongs to, or a role.
func callerIdentity(c *call) (any, error) {
	return identity{
		Space:     stsSpace,
		ARN:       c.principal(),
		UserID:    fmt.Sprintf("AIDA%016X", mix(c.server.world.Seed, uint64(len(c.scope.Account)))),
		Account:   c.scope.Account,
		RequestID: c.server.requestID(),
	}, nil
}

// temporary are credentials with an end, as STS writes them.
type temporary struct {
	AccessKeyID     string `xml:"AccessKeyId"`
	SecretAccessKey string `xml:"SecretAccessKey"`
	SessionToken    string `xml:"SessionToken"`
	Expiration      string `xml:"Expiration"`
}

type assumed struct {
	XMLName     xml.Name  `xml:"AssumeRoleResponse"`
	Space       string    `xml:"xmlns,attr"`
	Credentials temporary `xml:"AssumeRoleResult>Credentials"`
	ARN         string    `xml:"AssumeRoleResult>AssumedRoleUser>Arn"`
	RoleID      string    `xml:"AssumeRoleResult>AssumedRoleUser>AssumedRoleId"`
	RequestID   string    `xml:"ResponseMetadata>RequestId"`
}

type sessionTokenAnswer struct {
	XMLName     xml.Name  `xml:"GetSessionTokenResponse"`
	Space       string    `xml:"xmlns,attr"`
	Credentials temporary `xml:"GetSessionTokenResult>Credentials"`
	RequestID   string    `xml:"ResponseMetadata>RequestId"`
}

// ExternalID is what a role whose name ends in -external asks for.
const ExternalID = "nephograph"

// assumeRole gives credentials of a role of any account of the world. Roles whose name ends in -mfa can be assumed with
// a code of the caller's device alone, or from a session that began with one; those that end in -external with the
// external id.
func assumeRole(c *call) (any, error) {
	form, err := c.form()
	if err != nil {
		return nil, err
	}
	account, role, ok := roleOf(form.Get("RoleArn"))
	name := form.Get("RoleSessionName")
	if !ok || name == "" {
		return nil, c.service.invalid.because("RoleArn and RoleSessionName are required.")
	}
	refused := c.service.denied.because("User: %s is not authorized to perform: sts:AssumeRole on resource: %s",
		c.principal(), form.Get("RoleArn"))
	if !slices.Contains(c.server.accounts(), account) ||
		strings.HasSuffix(role, "-external") && form.Get("ExternalId") != ExternalID {
		return nil, refused
	}
	mfa := c.session.MFA
	if form.Get("TokenCode") != "" {
		if err := c.proveMFA(form); err != nil {
			return nil, err
		}
		mfa = true
	}
	if strings.HasSuffix(role, "-mfa") && !mfa {
		return nil, refused
	}
	of := session{Kind: roleSession, Account: account, Role: role, Name: name, MFA: mfa}
	return assumed{Space: stsSpace, Credentials: c.temporary(of, form), ARN: of.arn(), RoleID: "AROASIMULATED:" + name,
		RequestID: c.server.requestID()}, nil
}

// roleOf parts arn:aws:iam::111122223333:role/path/NAME.
func roleOf(arn string) (account, role string, ok bool) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || !strings.HasPrefix(parts[5], "role/") {
		return "", "", false
	}
	return parts[4], parts[5][strings.LastIndexByte(parts[5], '/')+1:], true
}

// sessionToken gives credentials of the caller itself, which temporary credentials cannot ask for.
func sessionToken(c *call) (any, error) {
	form, err := c.form()
	if err != nil {
		return nil, err
	}
	if c.session.Kind != "" {
		return nil, c.service.denied.because("Cannot call GetSessionToken with session credentials")
	}
	of := session{Kind: userSession, Account: c.scope.Account}
	if form.Get("TokenCode") != "" {
		if err := c.proveMFA(form); err != nil {
			return nil, err
		}
		of.MFA = true
	}
	return sessionTokenAnswer{Space: stsSpace, Credentials: c.temporary(of, form), RequestID: c.server.requestID()}, nil
}

// form reads the parameters of a call of the Query protocol.
func (c *call) form() (url.Values, error) {
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return nil, c.service.unreadable.because("%v", err)
	}
	return form, nil
}

// temporary issues the credentials of a session for as long as the caller asks.
func (c *call) temporary(of session, form url.Values) temporary {
	life := roleLife
	if n, err := strconv.Atoi(form.Get("DurationSeconds")); err == nil && n > 0 {
		life = time.Duration(n) * time.Second
	}
	token, expires := c.server.issue(of, life)
	return temporary{c.server.key(of.Account), "simulated", token, expires.UTC().Format(time.RFC3339)}
}

// usedCodes are the codes of MFA devices that were used: each is good once.
type usedCodes struct {
	mu   sync.Mutex
	used map[string]bool
}

// proveMFA checks a code: six digits that do not begin with 0, and that were not used before. The device has to be the
// caller's own.
func (c *call) proveMFA(form url.Values) error {
	serial, code := form.Get("SerialNumber"), form.Get("TokenCode")
	n, err := strconv.Atoi(code)
	right := err == nil && n >= 100_000 && n < 1_000_000 && strings.Contains(serial, ":"+c.scope.Account+":mfa/")
	u := &c.server.codes
	u.mu.Lock()
	defer u.mu.Unlock()
	if !right || u.used[serial+" "+code] {
		return c.service.denied.because("MultiFactorAuthentication failed with invalid MFA one time pass code. ")
	}
	if u.used == nil || len(u.used) >= mostDevices {
		u.used = map[string]bool{}
	}
	u.used[serial+" "+code] = true
	return nil
}
