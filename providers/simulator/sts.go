package simulator

import (
	"encoding/xml"
	"fmt"
)

// stsService is AWS Security Token Service: who am I.
func stsService() *service {
	return &service{
		prefix:  "sts",
		signing: "sts",
		wire:    queryWire{version: "2011-06-15", space: "https://sts.amazonaws.com/doc/2011-06-15/"},

		throttled:   refusal{status: 400, code: "Throttling", outcome: outcomeThrottled},
		denied:      refusal{status: 403, code: "AccessDenied", outcome: outcomeDenied},
		expired:     refusal{status: 403, code: "ExpiredToken", outcome: outcomeExpired},
		unsigned:    refusal{status: 403, code: "MissingAuthenticationToken"},
		badlySigned: refusal{status: 403, code: "IncompleteSignature"},
		broken:      refusal{status: 503, code: "ServiceUnavailable", outcome: outcomeFailed},
		unknown:     refusal{status: 400, code: "InvalidAction"},
		unreadable:  refusal{status: 400, code: "MalformedInput"},

		operations: []operation{{name: "GetCallerIdentity", answer: callerIdentity}},
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

// callerIdentity says that the caller is an IAM user of the account that the key belongs to.
func callerIdentity(c *call) (any, error) {
	return identity{
		Space:     "https://sts.amazonaws.com/doc/2011-06-15/",
		ARN:       c.principal(),
		UserID:    fmt.Sprintf("AIDA%016X", mix(c.server.world.Seed, uint64(len(c.scope.Account)))),
		Account:   c.scope.Account,
		RequestID: c.server.requestID(),
	}, nil
}
