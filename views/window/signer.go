package window

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/start"
	"github.com/nephograph/nephograph/views/ui"
)

// Credentials is how a person signs in. All are needed, but for the zero value.
type Credentials struct {
	// Find reads the AWS configuration of this machine.
	Find func(context.Context) (app.AWSConfiguration, error)
	// SignIn tells the code to compare in the browser, and returns when the sign-in is allowed there.
	SignIn func(context.Context, app.Profile, func(app.DeviceCode)) error
	// AskMFA sets who is asked for the codes of MFA devices, on any goroutine.
	AskMFA func(func(context.Context, app.MFARequest) (string, error))
	// Watch calls changed, on its own goroutine, when credentials may have changed on this machine. It returns when ctx
	// ends.
	Watch func(ctx context.Context, changed func())
}

// signer lets a person sign in over the window. Its methods are called on the UI goroutine, but for code.
type signer struct {
	Credentials
	ends    context.Context // with the window
	app     fyne.App
	window  fyne.Window
	threads ui.Threads
	pulling *puller
	find    ui.Loader
	open    bool   // a sign-in is shown
	below   string // the window's title when it is not
}

func newSigner(ends context.Context, p Parts, w fyne.Window, pulling *puller) *signer {
	s := &signer{Credentials: p.SignIn, ends: ends, app: p.App, window: w, threads: pulling.threads, pulling: pulling,
		find: ui.Loader{Threads: pulling.threads}}
	if s.Find != nil {
		pulling.signIn = s.offer
		s.AskMFA(s.code)
	}
	return s
}

// watch tells changed, on the UI goroutine, that credentials may have changed, until the window ends.
func (s *signer) watch(changed func()) {
	if s.Watch == nil {
		return
	}
	s.pulling.work.Add(1)
	s.threads.Away(func() {
		defer s.pulling.work.Done()
		s.Watch(s.ends, func() { s.threads.Back(changed) })
	})
}

// offerFirst lets a person sign in for a place that is signed out, or else for the first profile that can be.
func (s *signer) offerFirst() {
	profile, _ := signedOutOf(s.pulling.statuses())
	s.seek(func(p app.Profile) bool { return p.Name == profile }, func(p app.Profile) bool { return p.Session != nil })
}

// offer lets a person sign in for a profile, if it has a session to sign in to.
func (s *signer) offer(profile string) {
	s.seek(func(p app.Profile) bool { return p.Name == profile || profile == "" && p.Name == "default" })
}

// seek signs in for the first profile with a session that a rule fits, the rules in their order.
func (s *signer) seek(rules ...func(app.Profile) bool) {
	if s.Find == nil || s.open {
		return
	}
	ui.Load(&s.find, s.Find, func(c app.AWSConfiguration, err error) {
		if err != nil {
			s.pulling.heed(err)
			return
		}
		for _, rule := range rules {
			i := slices.IndexFunc(c.Profiles, func(p app.Profile) bool { return p.Session != nil && rule(p) })
			if i >= 0 {
				s.signIn(c.Profiles[i], s.pulling.credentialsChanged)
				return
			}
		}
	})
}

const signInTitle = "Sign in – Nephograph"

// title gives the window a title, or lets it have that once the sign-in over it is closed.
func (s *signer) title(title string) {
	if s.below = title; !s.open {
		s.window.SetTitle(title)
	}
}

// signIn lets a person sign in for a profile, and tells done when that is allowed.
func (s *signer) signIn(p app.Profile, done func()) {
	if s.SignIn == nil || s.open {
		return
	}
	s.open = true
	s.below = s.window.Title()
	var hide func()
	view := start.NewSignIn(start.SignInParts{
		Threads: s.threads, Profile: p, SignIn: s.SignIn, OpenPage: s.openPage, Copy: s.app.Clipboard().SetContent,
		Close: func() {
			s.open = false
			hide()
			if s.window.Title() == signInTitle { // no screen was visited
				s.window.SetTitle(s.below)
			}
		},
		Done: done,
	})
	s.window.SetTitle(signInTitle)
	hide = view.Over(s.window.Canvas())
}

// openPage opens an address in the browser; where there is none the address stands in the window to be copied.
func (s *signer) openPage(address string) {
	if page, err := url.Parse(address); err == nil {
		_ = s.app.OpenURL(page)
	}
}

// errNoCode is why a code of an MFA device is not there.
var errNoCode = errors.New("no code was given")

// code asks a person for the code of an MFA device and waits for it. It is called on any goroutine but the UI's.
func (s *signer) code(ctx context.Context, r app.MFARequest) (string, error) {
	given := make(chan string, 1)
	hide := func() {}
	s.threads.Back(func() {
		hide = start.AskCode(s.window.Canvas(), r, func(code string) { given <- code })
	})
	select {
	case code := <-given:
		if code == "" {
			return "", errNoCode
		}
		return code, nil
	case <-ctx.Done():
	case <-s.ends.Done():
	}
	s.threads.Back(func() { hide() })
	return "", errNoCode
}
