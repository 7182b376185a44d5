package app

import (
	"cmp"
	"fmt"
	"strings"
)

// Scope is one AWS account in one Region: the place that a question is put to and that an item belongs to.
// Account and Region identify it. Profile only says under which name in ~/.aws/config it is reached on this machine;
// it is empty for the default credential chain, and never leaves the machine in exports.
type Scope struct {
	Account string `json:"account"` // twelve digits
	Region  string `json:"region"`  // such as eu-west-1
	Profile string `json:"-"`
}

// String returns account/region.
func (s Scope) String() string { return s.Account + "/" + s.Region }

// Place returns the scope without its profile: the form to compare and to use as a map key.
func (s Scope) Place() Scope { return Scope{Account: s.Account, Region: s.Region} }

// CompareScopes orders by account, then Region.
func CompareScopes(a, b Scope) int {
	return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region))
}

// Identity is who AWS says the caller is (STS GetCallerIdentity).
type Identity struct {
	Account string `json:"account"`
	ARN     string `json:"arn"`
	UserID  string `json:"user_id"`
}

// Name returns the part of the ARN that a person recognises: ops@111122223333 for an IAM user, role/session for an
// assumed role.
func (i Identity) Name() string {
	p := principalOfARN(i.ARN)
	if p == "" {
		return i.Account
	}
	return fmt.Sprintf("%s@%s", p, i.Account)
}

// Partition returns the group of Regions that the account belongs to, as its ARNs name it: aws, aws-cn, aws-us-gov; ""
// if there is no ARN.
func (i Identity) Partition() string {
	_, rest, _ := strings.Cut(i.ARN, "arn:")
	partition, _, _ := strings.Cut(rest, ":")
	return partition
}
