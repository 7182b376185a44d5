package window

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/start"
	"github.com/nephograph/nephograph/views/ui"
)

// Setup is what the guide to a first pull needs of the program. All are needed.
type Setup struct {
	// Find reads the AWS configuration of this machine; it asks nobody.
	Find func(context.Context) (app.AWSConfiguration, error)
	// Check asks AWS who the caller is under a profile.
	Check func(context.Context, app.Profile) (app.Identity, error)
	// Use asks in which Regions the account of a profile has anything.
	Use func(context.Context, app.Profile, app.Identity) ([]app.RegionUse, error)
	// Place returns a scope as a place to pull from.
	Place func(app.Scope) *pull.Place
	// Launch starts this program once more, with arguments.
	Launch func(args ...string) error
}

// guide shows the way to a first pull over the window.
type guide struct {
	Parts
	window  fyne.Window
	session *ui.Session
	pulling *puller
	fresh   ui.Loader
	signing *signer
	view    *start.View // while it is shown
}

func newGuide(p Parts, w fyne.Window, s *ui.Session, pulling *puller, signing *signer) *guide {
	return &guide{Parts: p, window: w, session: s, pulling: pulling, signing: signing,
		fresh: ui.Loader{Threads: s.Threads}}
}

// showWhereNothingIsCached shows the guide to whoever has pulled nothing yet, and asks AWS who the caller is for
// everybody else. A cache that cannot be read is no first start.
func (g *guide) showWhereNothingIsCached() {
	if g.Setup == nil {
		g.pulling.connectOnly()
		return
	}
	ui.Load(&g.fresh, g.Reader.Freshness, func(fresh []app.Freshness, err error) {
		if err != nil || !app.KnownTo(fresh).IsZero() {
			g.pulling.connectOnly()
			return
		}
		g.show()
	})
}

// show shows the guide.
func (g *guide) show() {
	if g.Setup == nil || g.view != nil {
		return
	}
	before, titled := g.window.Title(), ""
	state := ui.NewValue(startState(g.pulling.state.Now()), nil)
	unfollow := g.pulling.state.Follow(func(p shell.Progress) { state.Set(startState(p)) })
	var hide func()
	g.view = start.New(start.Parts{
		Session: g.session, Find: g.Setup.Find, Check: g.Setup.Check, Use: g.Setup.Use, Plan: g.plan, Pull: g.pull,
		State: state, Cap: g.Cap, Demo: func() { g.launch("demo") }, Open: g.open,
		SignIn: g.signing.signIn,
		Close: func() {
			unfollow()
			g.view.Leave()
			hide()
			g.view = nil
			if g.window.Title() == titled { // no screen was visited
				g.window.SetTitle(before)
			}
			if !g.pulling.state.Now().Running {
				g.pulling.connectOnly()
			}
		},
		Titled: func(step string) {
			titled = step + " – Nephograph"
			g.signing.title(titled)
		},
	})
	hide = g.view.Over(g.window.Canvas())
}

// credentialsChanged tests what was signed out before, in the guide or in the window.
func (g *guide) credentialsChanged() {
	if g.view != nil {
		g.view.CredentialsChanged()
		return
	}
	g.pulling.credentialsChanged()
}

func startState(p shell.Progress) start.State {
	return start.State{Running: p.Running, Doing: p.Doing, Done: p.Done, Total: p.Total, Problems: p.Problems,
		Scopes: p.Scopes}
}

// plan lists what there is in the places, and says what pulling them would ask and cost.
func (g *guide) plan(ctx context.Context, scopes []app.Scope, within app.Range) (start.Estimate, error) {
	want := pull.Want{Range: within, Places: g.places(scopes)}
	found := g.pulling.engine.Discover(ctx, want)
	if err := ctx.Err(); err != nil {
		return start.Estimate{}, err
	}
	estimate := start.Estimate{}
	for _, problem := range found.Problems() {
		estimate.Problems = append(estimate.Problems, problem)
	}
	if !slices.ContainsFunc(want.Places, isReached) && len(estimate.Problems) > 0 {
		return estimate, estimate.Problems[0]
	}
	plan, err := g.pulling.engine.Plan(ctx, want)
	estimate.Plan = plan
	return estimate, err
}

func (g *guide) places(scopes []app.Scope) []*pull.Place {
	places := make([]*pull.Place, len(scopes))
	for i, s := range scopes {
		places[i] = g.Setup.Place(s)
	}
	return places
}

// pull begins to pull the places, which are the window's from now on, and looks at the range.
func (g *guide) pull(scopes []app.Scope, within app.Range) {
	g.pulling.choose(g.places(scopes))
	focus := app.Focus{}.LastCached(within.Length())
	g.session.Go(focus)
	g.pulling.start(app.Focus{}.Last(within.Length()))
}

// open lets a person choose a cache file, and shows it in a window of its own.
func (g *guide) open() {
	chooser := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil || file == nil {
			return
		}
		path := file.URI().Path()
		_ = file.Close()
		g.launch("--cache", path)
	}, g.window)
	chooser.SetTitleText("Open a cache file")
	chooser.Show()
}

// launch opens another window of the program, and says what keeps it from that.
func (g *guide) launch(args ...string) {
	if err := g.Setup.Launch(args...); err != nil {
		g.pulling.heed(err)
	}
}
