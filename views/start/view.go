package start

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/ui"
)

// Parts is what the guide is made of. All are needed. The functions that take a context may take their time and run
// away from the UI goroutine; the others return at once and are called on it.
type Parts struct {
	Session *ui.Session
	// Find reads the AWS configuration of this machine; it asks nobody.
	Find func(context.Context) (app.AWSConfiguration, error)
	// Check asks AWS who the caller is under a profile.
	Check func(context.Context, app.Profile) (app.Identity, error)
	// Use asks in which Regions the account of a profile has anything that is measured.
	Use func(context.Context, app.Profile, app.Identity) ([]app.RegionUse, error)
	// Plan lists what there is in places and says what a pull of the range would ask and cost.
	Plan func(context.Context, []app.Scope, app.Range) (Estimate, error)
	// Pull begins to pull.
	Pull func([]app.Scope, app.Range)
	// State is how it stands with the pull.
	State *ui.Value[State]
	Cap   app.Money // on the month's paid calls; negative: none
	Demo  func()    // opens the demo in a window of its own
	Open  func()    // lets a person choose a cache file to look at
	// SignIn lets a person sign in for a profile that has a session; done is told when that is allowed.
	SignIn func(p app.Profile, done func())
	Close  func() // takes the guide away
	// Titled is told what the guide shows, for the window's title: a step, with an ellipsis while it has no answer.
	Titled func(string)
}

// Estimate is what a pull asks and costs, and what AWS denied while that was found out.
type Estimate struct {
	Plan     pull.Plan
	Problems []error
}

// State is how it stands with the pull.
type State struct {
	Running     bool
	Doing       string
	Done, Total int // steps
	Problems    []error
	Scopes      []pull.ScopeStatus
}

// step is a page of the guide.
type step interface {
	title() string // in the list of steps
	body() fyne.CanvasObject
	enter()          // shows what is known, and asks for what is not
	leave()          // stops asking
	note() string    // at the left of the buttons
	action() string  // what Enter does; "": nothing yet
	proceed() bool   // does what Enter stands for, and reports whether it is done
	key(k key) bool  // does what another key stands for
	buttons() []hint // what else can be done
}

// key is a key by its name or its character.
type key struct {
	name fyne.KeyName
	char rune
}

// hint is a button with its key.
type hint struct {
	text, key string
	do        func()
}

// View is the guide. It belongs to the UI goroutine, and takes the keyboard as a whole.
type View struct {
	widget.BaseWidget
	Parts
	steps   []step
	at      int
	waiting bool // Enter was pressed before the step was ready
	left    bool // the guide is no longer shown

	profiles *profileStep
	regions  *regionStep
	price    *priceStep
	pulling  *pullStep

	trail   *fyne.Container
	page    *fyne.Container
	said    *ui.Text
	actions *fyne.Container
	content fyne.CanvasObject
}

// The guide's size, where the window has room for it.
const (
	width, height = 760, 520
	margin        = 24 // to the edge of a smaller window
)

// New returns the guide, which asks nothing until it is entered.
func New(p Parts) *View {
	v := &View{Parts: p, trail: container.NewHBox(), page: container.NewStack(), actions: container.NewHBox(),
		said: ui.NewShrinkingText("", ui.Note)}
	v.profiles, v.regions = newProfileStep(v), newRegionStep(v)
	v.price, v.pulling = newPriceStep(v), newPullStep(v)
	v.steps = []step{v.profiles, v.regions, v.price, v.pulling}
	head := container.NewVBox(ui.NewText("From your AWS configuration to data", ui.Title), v.trail, ui.NewSpace(0, 4))
	foot := container.NewVBox(ui.NewSpace(0, 8), container.NewBorder(nil, nil, nil, v.actions, v.said))
	v.content = container.New(layout.NewCustomPaddedLayout(16, 14, 20, 20),
		container.NewBorder(head, foot, nil, nil, v.page))
	v.ExtendBaseWidget(v)
	v.State.Follow(func(State) { v.arrange() })
	return v
}

// Over puts the guide over a window's content. The returned function takes it away.
func (v *View) Over(c fyne.Canvas) (hide func()) {
	room := fyne.NewSize(width, height).Min(c.Size().SubtractWidthHeight(2*margin, 2*margin))
	p := widget.NewModalPopUp(container.NewStack(ui.NewSpace(room.Width, room.Height), v), c)
	p.Show()
	c.Focus(v)
	v.Enter()
	return p.Hide
}

// Enter begins with the first step.
func (v *View) Enter() { v.visit(0) }

// Leave stops all that is being asked. A pull that runs goes on.
func (v *View) Leave() {
	v.left = true
	v.steps[v.at].leave()
}

// CredentialsChanged tests profiles anew that were signed out, now that a person may have signed in elsewhere.
func (v *View) CredentialsChanged() {
	if v.steps[v.at] == step(v.profiles) {
		v.profiles.renew()
	}
}

func (v *View) visit(n int) {
	v.steps[v.at].leave()
	v.at, v.waiting = n, false
	v.page.Objects = []fyne.CanvasObject{v.steps[n].body()}
	v.steps[n].enter()
	v.arrange()
}

// next does what Enter stands for, at once or, where the step still waits for an answer, when that is there.
func (v *View) next() {
	v.waiting = !v.steps[v.at].proceed()
	v.arrange()
}

// answered shows what has come in, and goes on where a person has said so before.
func (v *View) answered() {
	v.arrange()
	if v.waiting {
		v.next()
	}
}

// forward goes to the step after this one.
func (v *View) forward() bool {
	v.visit(v.at + 1)
	return true
}

func (v *View) back() {
	if v.at > 0 && v.at < len(v.steps)-1 {
		v.visit(v.at - 1)
	}
}

// arrange says which step it is and what can be done there.
func (v *View) arrange() {
	if v.left {
		return
	}
	v.trail.Objects = nil
	for i, s := range v.steps {
		style := ui.Note
		if i == v.at {
			style = ui.Strong
		}
		if i > 0 {
			v.trail.Add(ui.NewText("›", ui.Note.In(ui.ColorFaint)))
		}
		v.trail.Add(ui.NewText(s.title(), style))
	}
	now := v.steps[v.at]
	v.said.Set(now.note())
	v.actions.Objects = nil
	for _, b := range now.buttons() {
		v.actions.Add(ui.NewChip(b.do, ui.Word{Text: b.text, Style: ui.Body}, ui.Word{Text: b.key, Style: keyStyle}))
	}
	if action := now.action(); action != "" {
		v.actions.Add(ui.NewChip(v.next, ui.Word{Text: action, Style: ui.Body},
			ui.Word{Text: "Enter", Style: keyStyle}).Primary())
	}
	title := now.title()
	if now.action() == "" {
		title += " …"
	}
	v.Titled(title)
	v.trail.Refresh()
	v.page.Refresh()
	v.actions.Refresh()
	v.content.Refresh()
}

var keyStyle = ui.Style{Color: ui.ColorQuiet, Size: 10.5, Mono: true}

// FocusGained is of fyne.Focusable: the guide as a whole has the keyboard.
func (v *View) FocusGained() {}

// FocusLost does nothing: what was tapped gives the keyboard back.
func (v *View) FocusLost() {}

// TypedKey does what a key stands for, in the step or in the guide.
func (v *View) TypedKey(e *fyne.KeyEvent) {
	switch {
	case v.steps[v.at].key(key{name: e.Name}):
		v.arrange()
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		v.next()
	case e.Name == fyne.KeyBackspace:
		v.back()
	case e.Name == fyne.KeyEscape:
		v.Close()
	}
}

// TypedRune does what a character stands for.
func (v *View) TypedRune(r rune) {
	if v.steps[v.at].key(key{char: r}) {
		v.arrange()
	}
}

// takeKeyboard brings the keyboard back from what was tapped.
func (v *View) takeKeyboard() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// move moves the cursor of a list, which shows it as it shows an open item: the keyboard is the guide's.
func move[T any](l *ui.List[T], by int) {
	l.Go(l.Row() + by)
	l.MarkRow()
}

// CreateRenderer draws the guide.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }

// backward is the button that goes back.
func (v *View) backward() hint { return hint{"Back", "⌫", v.back} }

// later is the button that leaves the guide.
func (v *View) later() hint { return hint{"Not now", "Esc", v.Close} }

// recent is the range that ends now.
func (v *View) recent(length time.Duration) app.Range { return app.Since(v.Session.Now(), length) }
