package insight

import "fmt"

// Effect is what trail events did, or were meant to do.
type Effect int

// The effects.
const (
	NoEffect      Effect = iota
	AuditWeakened        // logging, monitoring or detection stopped, narrowed or cut short
	Shared               // data or a resource given to another account, or to everyone
	Exposed              // a network, a bucket or a function opened to the internet
	Credentials          // new credentials, permissions or trust
	SecretsRead          // many secrets read by one actor
	Stolen               // credentials of an instance used from elsewhere
	CodeRun              // code, commands or sessions on machines and functions
	Destroyed            // data or keys deleted, or left to expire
	Capacity             // machines that are dear and of use to others
	SignIn               // a sign-in without a second factor, or by root
	Refused              // several different calls that permissions do not allow
	Surveyed             // many different things read in a short time, as one does in an unknown place
)

// effects have a name for programs and a weight: how much it deserves a look if nothing else is known.
var effects = map[Effect]struct {
	name   string
	weight int
}{
	AuditWeakened: {"audit_weakened", 92}, Shared: {"shared_outside", 88}, Exposed: {"exposed", 84},
	Credentials: {"credentials", 82}, SecretsRead: {"secrets_read", 78}, Stolen: {"stolen_credentials", 94},
	CodeRun: {"code_run", 72}, Destroyed: {"destroyed", 70}, Capacity: {"capacity", 66}, SignIn: {"sign_in", 68},
	Refused: {"refused", 46}, Surveyed: {"surveyed", 44},
}

func (e Effect) weight() int { return effects[e].weight }

// MarshalText writes the name that programs read.
func (e Effect) MarshalText() ([]byte, error) { return []byte(effects[e].name), nil }

// UnmarshalText reads that name.
func (e *Effect) UnmarshalText(text []byte) error {
	for effect, of := range effects {
		if of.name == string(text) {
			*e = effect
			return nil
		}
	}
	return fmt.Errorf("there is no effect %q", text)
}

// String returns the name that programs read.
func (e Effect) String() string { return effects[e].name }
