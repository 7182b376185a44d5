package terminal

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// loginDeps has profiles of one SSO session, or of two, and one with keys.
func loginDeps(sessions ...string) (d Deps, signed *app.Profile) {
	signed = &app.Profile{}
	found := app.AWSConfiguration{Profiles: []app.Profile{{Name: "keys", Method: app.AccessKeys}}}
	for _, s := range sessions {
		for _, name := range []string{"prod", "data"} {
			found.Profiles = append(found.Profiles, app.Profile{Name: s + "-" + name, Method: app.IdentityCenter,
				Session: &app.SSOSession{Name: s, StartURL: "https://" + s + ".awsapps.com/start"}})
		}
	}
	d.Login = Login{
		Find: func(context.Context) (app.AWSConfiguration, error) { return found, nil },
		SignIn: func(_ context.Context, p app.Profile, show func(app.DeviceCode)) error {
			*signed = p
			show(app.DeviceCode{Code: "ABCD-EFGH", Page: "https://device.sso.eu-west-1.amazonaws.com/"})
			return nil
		},
		OpenPage: func(string) error { return errors.New("no browser") },
	}
	return d, signed
}

func TestLogin(t *testing.T) {
	for _, c := range []struct {
		name     string
		sessions []string
		args     []string
		code     int
		signed   string   // profile
		says     []string // on either stream
	}{
		{"the only session", []string{"corp"}, nil, ExitOK, "corp-prod",
			[]string{"Open https://device.sso", "ABCD-EFGH", "any other device will do", "Signed in to corp."}},
		{"a profile", []string{"corp", "lab"}, []string{"--profile", "lab-data"}, ExitOK, "lab-data", nil},
		{"several sessions", []string{"corp", "lab"}, nil, ExitUsage, "", []string{"corp-prod, lab-prod"}},
		{"no session", nil, nil, ExitFailed, "", []string{"aws configure sso"}},
		{"keys", []string{"corp"}, []string{"--profile", "keys"}, ExitFailed, "",
			[]string{"no SSO session", "access keys"}},
		{"no such profile", []string{"corp"}, []string{"--profile", "crop"}, ExitFailed, "",
			[]string{`no profile "crop"`}},
		{"two at once", []string{"corp"}, []string{"--profile", "a,b"}, ExitUsage, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, signed := loginDeps(c.sessions...)
			var out, complaint strings.Builder
			code := Run(t.Context(), append([]string{"login"}, c.args...),
				Streams{strings.NewReader(""), &out, &complaint}, d)
			said := out.String() + complaint.String()
			if code != c.code || signed.Name != c.signed {
				t.Errorf("exit code %d, signed in for %q: %s", code, signed.Name, said)
			}
			for _, want := range c.says {
				if !strings.Contains(said, want) {
					t.Errorf("does not say %q: %s", want, said)
				}
			}
		})
	}
}

func TestCodesAreAskedForOnATerminal(t *testing.T) {
	var told strings.Builder
	s := Streams{In: strings.NewReader("123456\n\n654321\n"), Err: &told}
	if AskMFA(s) != nil {
		t.Error("a code is asked for where nobody sits")
	}
	ask := askMFA(s)
	r := app.MFARequest{Profile: "prod", Device: "arn:aws:iam::111122223333:mfa/ann"}
	if code, err := ask(t.Context(), r); code != "123456" || err != nil {
		t.Errorf("got %q, %v", code, err)
	}
	if code, err := ask(t.Context(), r); err == nil {
		t.Errorf("an empty line is the code %q", code)
	}
	r.Refused = true
	if code, err := ask(t.Context(), r); code != "654321" || err != nil || !strings.Contains(told.String(), "refused") {
		t.Errorf("got %q, %v: %s", code, err, told.String())
	}
	if _, err := ask(t.Context(), r); err == nil {
		t.Error("the end of the input is a code")
	}
}
