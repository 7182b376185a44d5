package start

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

var noon = time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)

// laptop is what the guide finds and is told, with what it did.
type laptop struct {
	*View
	held     []func() // work that was begun, while hold is set
	hold     bool
	found    app.AWSConfiguration
	problem  error
	who      map[string]app.Identity // by profile; others are signed out
	uses     map[string][]app.RegionUse
	estimate Estimate
	wrong    error // of the estimate

	pulled       []app.Scope
	within       app.Range
	demos, files int
	signed       app.Profile // for which a sign-in was asked for
	closed       bool
	title        string
	state        *ui.Value[State]
}

var signedOut = &app.Error{Kind: app.SignedOut, Op: "sts:GetCallerIdentity", Err: errors.New("ExpiredToken")}

// newLaptop has three profiles of two accounts that answer and one that is signed out.
func newLaptop(t *testing.T) *laptop {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	admin := func(account string) app.Identity {
		return app.Identity{Account: account, ARN: "arn:aws:iam::" + account + ":user/ann"}
	}
	l := &laptop{
		found: app.AWSConfiguration{Files: []string{"/home/ann/.aws/config", "/home/ann/.aws/credentials"},
			Profiles: []app.Profile{
				{Name: "data", Region: "us-east-1", Method: app.AccessKeys},
				{Name: "prod", Region: "eu-west-1", Method: app.AssumedRole, Of: "arn:aws:iam::111122223333:role/ops",
					MFA: "arn:aws:iam::111122223333:mfa/ann"},
				{Name: "prod-read", Region: "eu-west-1", Method: app.AccessKeys},
				{Name: "stage", Method: app.IdentityCenter, Of: "corp"},
			}},
		who: map[string]app.Identity{"data": admin("444455556666"), "prod": admin("111122223333"),
			"prod-read": admin("111122223333")},
		uses: map[string][]app.RegionUse{
			"data": {{Region: "us-east-1", Metrics: 21}, {Region: "eu-west-1"}, {Region: "ap-south-1"}},
			"prod": {{Region: "eu-west-1", Metrics: 500}, {Region: "us-east-1", Metrics: 3},
				{Region: "ap-south-1", Problem: &app.Error{Kind: app.Denied, Op: "cloudwatch:ListMetrics",
					Err: errors.New("explicit deny")}}},
		},
		estimate: Estimate{Plan: pull.Plan{Requests: 42, Cost: app.Dollar / 100, Known: true, Steps: []pull.Step{
			{Signal: app.Metrics, Requests: 30, Cost: app.Dollar / 100, Known: true},
			{Signal: app.Logs, Requests: 12, Known: true}}}},
		state: ui.NewValue(State{}, nil),
	}
	threads := ui.Threads{Back: ui.Inline.Back, Away: func(f func()) {
		if l.hold {
			l.held = append(l.held, f)
			return
		}
		f()
	}}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, threads, func() time.Time { return noon })
	session.Screen.Follow(func(name string) { l.title = "screen " + name })
	l.View = New(Parts{
		Session: session,
		Find:    func(context.Context) (app.AWSConfiguration, error) { return l.found, l.problem },
		Check: func(_ context.Context, p app.Profile) (app.Identity, error) {
			if who, ok := l.who[p.Name]; ok {
				return who, nil
			}
			return app.Identity{}, signedOut
		},
		Use: func(_ context.Context, p app.Profile, _ app.Identity) ([]app.RegionUse, error) {
			return l.uses[p.Name], nil
		},
		Plan:  func(context.Context, []app.Scope, app.Range) (Estimate, error) { return l.estimate, l.wrong },
		Pull:  func(places []app.Scope, within app.Range) { l.pulled, l.within = places, within },
		State: l.state, Cap: 5 * app.Dollar,
		Demo: func() { l.demos++ }, Open: func() { l.files++ },
		SignIn: func(p app.Profile, done func()) { l.signed = p; done() }, Close: func() { l.closed = true; l.Leave() },
		Titled: func(title string) { l.title = title },
	})
	w := test.NewTempWindow(t, ui.NewSpace(1, 1))
	w.SetPadded(false)
	w.SetContent(l.View)
	w.Resize(fyne.NewSize(width, height))
	return l
}

// release runs what is held, and what comes of it.
func (l *laptop) release() {
	l.hold = false
	for len(l.held) > 0 {
		f := l.held[0]
		l.held = l.held[1:]
		f()
	}
}

func (l *laptop) enters(n int) {
	for range n {
		l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
}

func (l *laptop) says(t *testing.T, texts ...string) {
	t.Helper()
	var said []string
	for _, text := range drawertest.Texts(l.View) {
		said = append(said, text.Text)
	}
	for _, want := range texts {
		if words := strings.Join(said, " "); !strings.Contains(words, want) {
			t.Errorf("the guide does not say %q: %s", want, words)
		}
	}
}

// TestFourEnters is the promise of the guide.
func TestFourEnters(t *testing.T) {
	l := newLaptop(t)
	l.Enter()
	l.enters(3)
	want := []app.Scope{{Account: "444455556666", Region: "us-east-1", Profile: "data"},
		{Account: "111122223333", Region: "eu-west-1", Profile: "prod"},
		{Account: "111122223333", Region: "us-east-1", Profile: "prod"}}
	if len(l.pulled) != len(want) || l.within.Length() != 3*time.Hour || !l.within.To.Equal(noon) {
		t.Fatalf("pulled %v within %v", l.pulled, l.within)
	}
	for _, s := range want {
		if !contains(l.pulled, s) {
			t.Errorf("%v is not pulled: %v", s, l.pulled)
		}
	}
	l.enters(1)
	if !l.closed || l.title != "screen Timeline" {
		t.Errorf("the guide ends with %q, closed %v", l.title, l.closed)
	}
}

func contains(places []app.Scope, s app.Scope) bool {
	for _, p := range places {
		if p == s {
			return true
		}
	}
	return false
}

func TestEnterWaitsForTheProfilesButNotForThePrice(t *testing.T) {
	l := newLaptop(t)
	l.hold = true
	l.Enter()
	l.enters(1)
	if l.title != "Profiles" {
		t.Fatalf("shows %q before any profile has answered", l.title)
	}
	l.release()
	if l.title != "Regions" {
		t.Fatalf("shows %q when all have answered", l.title)
	}
	l.hold = true
	l.enters(2)
	if l.title != "Price …" || l.pulled != nil {
		t.Fatalf("shows %q, pulled %v", l.title, l.pulled)
	}
	l.release()
	if l.title != "Price" || l.pulled != nil {
		t.Errorf("a price that nobody has seen is agreed to: %q, pulled %v", l.title, l.pulled)
	}
}

func TestWhatAWSProfileNamesIsProposedAlone(t *testing.T) {
	l := newLaptop(t)
	l.found.Environment = app.AWSEnvironment{Profile: "prod-read", Region: "us-west-2"}
	l.Enter()
	l.says(t, "AWS_PROFILE=prod-read", "AWS_REGION is us-west-2", "1 profile chosen")
	if c := l.profiles.chosen(); len(c) != 1 || c[0].Name != "prod-read" {
		t.Errorf("chosen %v", c)
	}
}

func TestOneIsChosenByHand(t *testing.T) {
	l := newLaptop(t)
	l.Enter()
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			l.TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	press(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace) // stage cannot be chosen
	if c := l.profiles.chosen(); len(c) != 1 || c[0].Name != "prod" {
		t.Fatalf("chosen %v", c)
	}
	l.says(t, "Sign in again")
	press(fyne.KeyReturn, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn)
	if places := l.regions.places(); len(places) != 2 || places[0].Region != "us-east-1" ||
		places[1].Region != "ap-south-1" {
		t.Errorf("places %v", places)
	}
	press(fyne.KeyBackspace)
	if l.title != "Regions" || len(l.regions.places()) != 2 {
		t.Errorf("the way back leads to %q with %v", l.title, l.regions.places())
	}
}

func TestNoProfileLeadsToTheDemo(t *testing.T) {
	l := newLaptop(t)
	l.found.Profiles = nil
	l.Enter()
	l.says(t, "No AWS profile was found", "/home/ann/.aws/config", "Look at the demo", "Open a file…")
	l.enters(1)
	l.TypedRune('o')
	if l.demos != 1 || l.files != 1 {
		t.Errorf("%d demos, %d files", l.demos, l.files)
	}
}

func TestNobodySignedInTriesAgain(t *testing.T) {
	l := newLaptop(t)
	who := l.who
	l.who = nil
	l.Enter()
	l.says(t, "Try again", "No profile is chosen")
	l.who = who
	l.enters(1)
	l.says(t, "2 profiles chosen")
}

func TestUnreadableConfigurationIsTold(t *testing.T) {
	l := newLaptop(t)
	l.found.Profiles = nil
	l.problem = &app.Error{Kind: app.Malformed, Op: "connect", Err: errors.New("line 3 of config has no =")}
	l.Enter()
	l.says(t, "line 3 of config has no =")
}

func TestThePriceThatCannotBeKnownIsAskedAgain(t *testing.T) {
	l := newLaptop(t)
	l.wrong = &app.Error{Kind: app.Offline, Op: "cloudwatch:ListMetrics", Err: errors.New("no route to host")}
	l.Enter()
	l.enters(2)
	l.says(t, "no route to host", "Try again")
	l.wrong = nil
	l.enters(1)
	l.says(t, "42 requests for", "The cap is $5.00 a month.")
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	l.enters(1)
	if l.within.Length() != 12*time.Hour {
		t.Errorf("pulled %v", l.within)
	}
}

func TestInPicture(t *testing.T) {
	for _, c := range []struct {
		name string
		to   func(*laptop)
	}{
		{"asking", func(l *laptop) { l.hold = true; l.Enter(); l.held[0]() }},
		{"profiles", func(l *laptop) { l.Enter() }},
		{"none", func(l *laptop) { l.found.Profiles = nil; l.Enter() }},
		{"regions", func(l *laptop) { l.Enter(); l.enters(1) }},
		{"price", func(l *laptop) {
			l.estimate.Problems = []error{&app.Error{Kind: app.Denied, Op: "logs:DescribeLogGroups",
				Err: errors.New("no policy")}}
			l.Enter()
			l.enters(2)
		}},
		{"pulling", func(l *laptop) {
			l.Enter()
			l.enters(3)
			l.state.Set(State{Running: true, Doing: "Logs of eu-west-1", Done: 3, Total: 42, Scopes: []pull.ScopeStatus{
				{Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"}, State: pull.Pulling, New: 1234},
				{Scope: app.Scope{Account: "444455556666", Region: "us-east-1"}, State: pull.Complete, New: 7},
				{Scope: app.Scope{Account: "444455556666", Region: "eu-west-1"}, State: pull.SignedOut}}})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLaptop(t)
			c.to(l)
			test.AssertObjectRendersToMarkup(t, c.name+".xml", l.View)
		})
	}
}
