package app

import "errors"

// BundleContents count what leaves this machine with the bundle of an incident.
type BundleContents struct {
	Places []Scope  `json:"places"`
	Ranges []Range  `json:"ranges"`
	Alarms int      `json:"alarms"`
	Turns  int      `json:"alarm_history"`
	Series int      `json:"series"`
	Points int      `json:"datapoints"`
	Groups []string `json:"log_groups"` // whose events are in it
	Events int      `json:"log_events"`
	Traces int      `json:"traces"`
	Spans  int      `json:"spans"`
	Trail  int      `json:"trail_events"`
}

// BundleLock says how a bundle is encrypted; the zero BundleLock does not encrypt.
type BundleLock struct {
	Passphrase string
	Recipients []string // age1…; not beside a passphrase, as age has it
}

// BundleKey opens an encrypted bundle.
type BundleKey struct {
	Passphrase string
	Identities string // the text of an identity file of age: AGE-SECRET-KEY-1…
}

// What a person may be asked about when a bundle is opened; each stands in an Error of Kind Malformed.
var (
	ErrBundleLocked = errors.New("it is encrypted")
	ErrBundleKey    = errors.New("the passphrase or the identity does not open it")
)
