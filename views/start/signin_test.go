package start

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// desk is a sign-in, with what it did.
type desk struct {
	*SignIn
	answers []func() error // of IAM Identity Center, one for each time
	opened  []string
	copied  string
	closed  int
	done    int
}

var corp = app.Profile{Name: "prod", Session: &app.SSOSession{Name: "corp"}}

func newDesk(t *testing.T, answers ...func() error) *desk {
	t.Helper()
	newLaptop(t) // the app and its theme
	d := &desk{answers: answers}
	d.SignIn = NewSignIn(SignInParts{
		Threads: ui.Inline, Profile: corp,
		SignIn: func(_ context.Context, p app.Profile, show func(app.DeviceCode)) error {
			if p.Name != corp.Name {
				t.Errorf("signs in for %+v", p)
			}
			show(app.DeviceCode{Code: "ABCD-EFGH",
				Page: "https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH"})
			answer := d.answers[0]
			d.answers = d.answers[1:]
			return answer()
		},
		OpenPage: func(address string) { d.opened = append(d.opened, address) },
		Copy:     func(text string) { d.copied = text },
		Close:    func() { d.closed++ }, Done: func() { d.done++ },
	})
	w := test.NewTempWindow(t, ui.NewSpace(1, 1))
	w.SetPadded(false)
	w.SetContent(d.SignIn)
	return d
}

// waiting is what a sign-in that nobody has allowed yet looks like to one goroutine.
func waiting() error { return context.Canceled }

func allowed() error { return nil }

func TestSignInOpensThePageAndEnds(t *testing.T) {
	d := newDesk(t, allowed)
	d.Begin()
	if d.closed != 1 || d.done != 1 || len(d.opened) != 1 {
		t.Errorf("closed %d, done %d, opened %v", d.closed, d.done, d.opened)
	}
}

func TestSignInIsTriedAgain(t *testing.T) {
	late := func() error {
		return &app.Error{Kind: app.SignedOut, Op: "sso-oauth:CreateToken", Err: errors.New("the code has expired")}
	}
	d := newDesk(t, late, allowed)
	d.Begin()
	if d.done != 0 || d.problem == nil {
		t.Fatalf("done %d, problem %v", d.done, d.problem)
	}
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if d.done != 1 {
		t.Errorf("done %d after another try", d.done)
	}
}

func TestSignInIsGivenUp(t *testing.T) {
	d := newDesk(t, waiting)
	d.Begin()
	d.TypedRune('c')
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if d.copied != d.shown.Page || len(d.opened) != 2 {
		t.Errorf("copied %q, opened %v", d.copied, d.opened)
	}
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.closed != 1 || d.done != 0 {
		t.Errorf("closed %d, done %d", d.closed, d.done)
	}
}

func TestSignInInPicture(t *testing.T) {
	d := newDesk(t, waiting)
	d.Begin()
	test.AssertObjectRendersToMarkup(t, "signin.xml", d.SignIn)
}

func TestGuideSignsIn(t *testing.T) {
	l := newLaptop(t)
	for i := range l.found.Profiles {
		if l.found.Profiles[i].Name == "stage" {
			l.found.Profiles[i].Session = corp.Session
		}
	}
	l.Enter()
	l.says(t, "Sign in") // beside those that answer
	l.TypedRune('s')
	if l.signed.Name != "stage" {
		t.Errorf("signs in for %+v", l.signed)
	}
	l.signed, l.who = app.Profile{}, nil
	l.profiles.again()
	l.enters(1)
	if l.signed.Name != "stage" || l.title != "Profiles" {
		t.Errorf("Enter signs in for %+v, and shows %q", l.signed, l.title)
	}
}

func TestCodeOfADevice(t *testing.T) {
	newLaptop(t)
	w := test.NewTempWindow(t, ui.NewSpace(600, 400))
	given := "?"
	ask := func(r app.MFARequest) { AskCode(w.Canvas(), r, func(code string) { given = code }) }
	ask(app.MFARequest{Profile: "prod", Device: "arn:aws:iam::111122223333:mfa/ann", Refused: true})
	field := w.Canvas().Focused()
	for _, r := range " 123456" {
		field.TypedRune(r)
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if given != "123456" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("given %q", given)
	}
	ask(app.MFARequest{Profile: "prod"})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if given != "" {
		t.Errorf("Escape gives %q", given)
	}
}
