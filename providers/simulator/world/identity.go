package world

import (
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// userIdentity is who called, as CloudTrail writes it (CloudTrail user guide, "CloudTrail userIdentity element").
type userIdentity struct {
	Type        string          `json:"type"`
	PrincipalID string          `json:"principalId,omitempty"`
	ARN         string          `json:"arn,omitempty"`
	AccountID   string          `json:"accountId,omitempty"`
	AccessKeyID string          `json:"accessKeyId,omitempty"`
	UserName    string          `json:"userName,omitempty"`
	Session     *sessionContext `json:"sessionContext,omitempty"`
	InvokedBy   string          `json:"invokedBy,omitempty"`
}

type sessionContext struct {
	Issuer     *sessionIssuer    `json:"sessionIssuer,omitempty"`
	Attributes sessionAttributes `json:"attributes"`
}

type sessionIssuer struct {
	Type        string `json:"type"`
	PrincipalID string `json:"principalId"`
	ARN         string `json:"arn"`
	AccountID   string `json:"accountId"`
	UserName    string `json:"userName"`
}

type sessionAttributes struct {
	CreationDate string `json:"creationDate"`
	MFA          string `json:"mfaAuthenticated"`
}

// identity makes the userIdentity of an actor. Keys and ids stay the same for an actor, or for a role's session.
func (m *maker) identity(p *Place, name string, a Actor, at time.Time, fill func(string) string) userIdentity {
	account := p.Scope.Account
	for _, s := range m.scenario.Accounts {
		if s.Name == a.Account {
			account = s.ID
		}
	}
	session := a.Session.fill(true, fill)
	d := newDice(m.world.Seed, "actor", name, account, session)
	begun := sessionAttributes{at.Truncate(time.Hour).Format(time.RFC3339), "false"}
	if a.MFA {
		begun.MFA = "true"
	}
	switch a.Type {
	case "AssumedRole":
		role := newDice(m.world.Seed, "role", a.Role, account)
		id := "AROA" + role.letters(17)
		return userIdentity{
			Type: a.Type, PrincipalID: id + ":" + session,
			ARN:       "arn:aws:sts::" + account + ":assumed-role/" + a.Role + "/" + session,
			AccountID: account, AccessKeyID: "ASIA" + d.letters(16), InvokedBy: a.InvokedBy,
			Session: &sessionContext{&sessionIssuer{"Role", id, "arn:aws:iam::" + account + ":role/" + a.Role, account,
				a.Role}, begun},
		}
	case "IAMUser":
		u := userIdentity{Type: a.Type, PrincipalID: "AIDA" + d.letters(17),
			ARN:       "arn:aws:iam::" + account + ":user/" + a.User,
			AccountID: account, AccessKeyID: "AKIA" + d.letters(16), UserName: a.User, InvokedBy: a.InvokedBy}
		if a.MFA {
			u.Session = &sessionContext{nil, begun}
		}
		return u
	case "Root":
		return userIdentity{Type: a.Type, PrincipalID: account, ARN: "arn:aws:iam::" + account + ":root",
			AccountID:   account,
			AccessKeyID: "ASIA" + d.letters(16), Session: &sessionContext{nil, begun}}
	}
	return userIdentity{Type: a.Type, InvokedBy: a.InvokedBy}
}

// principal returns the identity as the console reads it.
func (u userIdentity) principal() app.Principal {
	p := app.Principal{Type: u.Type, ARN: u.ARN, Account: u.AccountID, User: u.UserName, AccessKey: u.AccessKeyID,
		InvokedBy: u.InvokedBy}
	if u.Session == nil {
		return p
	}
	p.MFA = u.Session.Attributes.MFA == "true"
	if u.Session.Issuer != nil {
		p.User = u.Session.Issuer.UserName
		_, p.Session, _ = strings.Cut(u.PrincipalID, ":")
	}
	return p
}
