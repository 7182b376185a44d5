package cloudtrail

import (
	"cmp"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// identity is the userIdentity of a record (CloudTrail user guide, "userIdentity element"). Which fields are there
// depends on the type.
type identity struct {
	Type      string `json:"type"`
	Principal string `json:"principalId"` // AROA...:session of an assumed role
	ARN       string `json:"arn"`
	Account   string `json:"accountId"`
	AccessKey string `json:"accessKeyId"`
	UserName  string `json:"userName"`
	InvokedBy string `json:"invokedBy"`
	Context   struct {
		Issuer struct {
			Type     string `json:"type"`
			UserName string `json:"userName"`
			Account  string `json:"accountId"`
		} `json:"sessionIssuer"`
		Attributes struct {
			MFA flag `json:"mfaAuthenticated"`
		} `json:"attributes"`
	} `json:"sessionContext"`
	OnBehalfOf struct {
		UserID string `json:"userId"`
	} `json:"onBehalfOf"` // of an IAM Identity Center user
}

// principal says who it is. User and Session depend on the type:
//
//   - AssumedRole: the role's name and the session's, from the issuer or else from the ARN,
//     arn:aws:sts::111122223333:assumed-role/ROLE/SESSION.
//   - FederatedUser: the federated name, which ends the ARN, .../federated-user/NAME.
//   - IAMUser, SAMLUser, WebIdentityUser: the user's name.
//   - IdentityCenterUser: the name, or else the user's id.
//   - AWSAccount: the session alone, from AROA...:SESSION.
//   - Root, AWSService: none. (A root's userName is the account's alias.)
func (i identity) principal() app.Principal {
	p := app.Principal{
		Type:      i.Type,
		ARN:       i.ARN,
		Account:   cmp.Or(i.Account, i.Context.Issuer.Account),
		AccessKey: i.AccessKey,
		InvokedBy: i.InvokedBy,
		MFA:       bool(i.Context.Attributes.MFA),
	}
	switch i.Type {
	case "Root", "AWSService":
	case "AWSAccount": // a role of it names its session in the principal's id
		_, p.Session, _ = strings.Cut(i.Principal, ":")
	case "AssumedRole":
		role, session := assumed(i.ARN)
		_, fromID, _ := strings.Cut(i.Principal, ":")
		p.User = cmp.Or(i.Context.Issuer.UserName, role)
		p.Session = cmp.Or(session, fromID)
	case "FederatedUser":
		_, name, _ := strings.Cut(i.ARN, ":federated-user/")
		p.User = cmp.Or(name, i.UserName, i.Context.Issuer.UserName)
	default:
		p.User = cmp.Or(i.UserName, i.OnBehalfOf.UserID)
	}
	return p
}

// assumed takes role and session out of the ARN of an assumed role.
func assumed(arn string) (role, session string) {
	_, path, ok := strings.Cut(arn, ":assumed-role/")
	if !ok {
		return "", ""
	}
	role, session, _ = strings.Cut(path, "/")
	return role, session
}
