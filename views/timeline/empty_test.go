package timeline

import (
	"errors"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

func TestWhyThereIsNothing(t *testing.T) {
	unset := &app.Error{Kind: app.NotFound, Op: "connect",
		Err: errors.New("no Region is set: name one in AWS_REGION or ~/.aws/config")}
	signedOut := &app.Error{Kind: app.SignedOut, Op: "sts:GetCallerIdentity", Err: errors.New("expired")}
	empty, incident := &stored{}, incident()
	quiet := &stored{places: incident.places, alarms: incident.alarms, covers: incident.covers}
	for _, c := range []struct {
		name         string
		cache        *stored
		contact      ui.Contact
		resource     string
		what, remedy string
	}{
		{"an empty cache", empty, ui.Contact{}, "", "Nothing is cached yet.",
			"Pull with the button above, or start nephograph demo to look at a made-up incident."},
		{"no Region", empty, ui.Contact{Trouble: unset}, "",
			"No Region is set: name one in AWS_REGION or ~/.aws/config.",
			"Set it, start Nephograph again if it is an environment variable, and pull with F5. Until then, " +
				"nephograph demo shows a made-up incident."},
		{"signed out", empty, ui.Contact{Trouble: signedOut}, "",
			"AWS does not accept the credentials: there are none, or they have expired.",
			"Sign in again (nephograph login, aws sso login) or choose another profile; what is cached stays usable. " +
				"Until then, nephograph demo shows a made-up incident."},
		{"the first pull", empty, ui.Contact{Pulling: true}, "", "Pulling …", "What AWS answers is drawn as it comes."},
		{"no Region, but a cache", incident, ui.Contact{Trouble: unset}, "", "", ""},
		{"a window that is not cached", quiet, ui.Contact{}, "", "Nothing is cached for this window.",
			"Zoom out with −, go back with Alt+Left, or pull this window with the button above."},
		// While the first pull goes on, alarms are there before anything that happened.
		{"a window that is pulled", quiet, ui.Contact{Pulling: true}, "", "Pulling …",
			"What AWS answers is drawn as it comes."},
		{"a name that nothing has", quiet, ui.Contact{Pulling: true}, "zzznothing",
			"Nothing in this window names zzznothing.",
			"Take the resource filter away in the bar above, or zoom out with −."},
	} {
		s := open(t, c.cache, full, dark)
		s.session.Contact.Set(c.contact)
		f := s.session.Focus.Now()
		f.Resource = c.resource
		s.session.Go(f)
		if s.empty.what != c.what || s.empty.remedy != c.remedy {
			t.Errorf("%s: it says %q, %q", c.name, s.empty.what, s.empty.remedy)
		}
		if lanes := s.field.scene.rows; c.resource != "" && lanes[0].head().Measures != "none watch it" {
			t.Errorf("%s: the alarms say %q", c.name, lanes[0].head().Measures)
		}
	}
}
