// Package mask takes secrets out of what AWS has sent, before anything is kept: a log line that tells a password would
// otherwise be on this machine for months, in the cache and in every bundle that is made of it.
//
// A masked character is an asterisk, one for one, so that the text keeps its length and its shape, JSON stays JSON, and
// nobody takes the mask for data: keys, tokens and card numbers have no asterisks. What tells no secret but helps to
// recognise one stays: the kind of key and its last four characters, the scheme of an Authorization header, the dots of
// a JWT, the last four digits of a card, the name that stands beside a password.
//
//	AKIAIOSFODNN7EXAMPLE                  AKIA************MPLE
//	{"user":"ann","password":"hunter2"}   {"user":"ann","password":"*******"}
//	Authorization: Bearer abc123def456    Authorization: Bearer ************
//	postgres://shop:hunter2@db/orders     postgres://shop:*******@db/orders
//	4111 1111 1111 1111                   **** **** **** 1111
//	npm_0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0U  npm_*********************************
//
// A number in JSON that is a secret becomes a text: "cvv":123 is "cvv":"***".
//
// Masking twice is masking once. It takes one pass over the text, and work beyond that only where a secret may begin.
// What is no secret by itself - ARNs, account and request ids, trace ids, UUIDs, times, hashes - stays, unless it
// stands as the value of a telling name.
package mask

import (
	"encoding/json"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// rule is one kind of secret.
type rule uint8

const (
	awsKey       rule = iota // access key ids, secret keys beside them, session tokens
	bearer                   // bearer tokens, Authorization headers
	jwt                      // JSON web tokens (RFC 7519)
	urlPassword              // scheme://user:password@host
	password                 // values of telling names, in JSON, key=value, headers, flags and XML
	card                     // numbers of payment cards (ISO/IEC 7812)
	privateKey               // PEM blocks
	vendorTokens             // tokens of services other than AWS, by their form
	rules
)

// names are the rules as settings name them.
var names = [rules]string{"aws-key", "bearer", "jwt", "url-password", "password", "card", "private-key", "vendor-token"}

// Rules returns the names of all rules, as app.Masking.Skip takes them.
func Rules() []string { return names[:] }

// Mask masks text by the rules that are set. The zero value applies all.
type Mask struct {
	off  bool
	skip [rules]bool
}

// New returns the mask of these settings. Names that are no rules count for nothing.
func New(m app.Masking) Mask {
	made := Mask{off: m.Off}
	for i, name := range names {
		made.skip[i] = slices.Contains(m.Skip, name)
	}
	return made
}

// Text returns text with its secrets masked. Valid JSON stays valid JSON.
func (m Mask) Text(text string) string {
	if m.off {
		return text
	}
	s := scan{text: text, mask: m}
	return s.run()
}

// JSON returns a document with its secrets masked. One that is not valid is masked as text.
func (m Mask) JSON(raw json.RawMessage) json.RawMessage {
	text := string(raw)
	if masked := m.Text(text); masked != text {
		return json.RawMessage(masked)
	}
	return raw
}

// Named returns the value of a name with its secrets masked: all of it, if the name tells that it is one.
func (m Mask) Named(name, value string) string {
	if m.off {
		return value
	}
	if family := familyOf(name, 0, len(name)); family != plain && !m.skip[family.rule()] {
		s := scan{text: value, mask: m}
		if from, to := s.secretOf(family, 0, len(value), true); from < to {
			s.cover(from, to)
			return s.result()
		}
	}
	return m.Text(value)
}
