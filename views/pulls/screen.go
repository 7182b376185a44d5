package pulls

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

// State is how it stands with pulling.
type State struct {
	Running   bool
	Doing     string // what is being asked now, as explain.Doing says it
	Done      int    // steps
	Total     int    // steps; 0: not known yet
	Problems  []error
	Slow      []app.Slowdown     // calls that AWS slows down, the newest last
	Scopes    []pull.ScopeStatus // of the pull that runs, or else of the last in this window
	Following bool
}

// Parts is what the screen is made of. All are needed.
type Parts struct {
	Session *ui.Session
	Reader  ScreenReader
	State   *ui.Value[State]
	// Plan and Cost say what a pull and following would ask and cost, from the cache alone. They run away from the UI
	// goroutine; the others return at once and are called on it.
	Plan   func(context.Context, app.Focus) (pull.Plan, error)
	Cost   func(context.Context, app.Focus) (pull.FollowCost, error)
	Start  func(app.Focus)
	Cancel func()
	Follow func(f app.Focus, on bool)
	Cap    app.Money // on the month's paid calls; negative: none
	Keep   app.Retention
}

// View is the screen. It belongs to the UI goroutine.
type View struct {
	widget.BaseWidget
	Parts
	entered bool
	at      time.Time // when the ledger was last read
	running bool      // as the state was last seen

	coverage *coverageSection
	progress *progressSection
	plan     *planSection
	month    *monthSection
	ledger   *ledgerSection
	keeping  *keepingSection
	sections []section
	grid     *fyne.Container
	content  *fyne.Container
}

// section is one part of the screen, which is read by itself.
type section interface {
	panel() *ui.Panel
	list() fyne.Focusable // nil: it has no list
	natural() float32
	read()
	stop()
}

// New returns the screen; it reads nothing until it is entered.
func New(p Parts) *View {
	v := &View{Parts: p}
	v.coverage, v.progress, v.plan = newCoverage(v), newProgress(v), newPlan(v)
	v.month, v.ledger, v.keeping = newMonth(v), newLedger(v), newKeeping(v)
	v.sections = []section{v.coverage, v.progress, v.plan, v.month, v.ledger, v.keeping}
	var panels []fyne.CanvasObject
	for _, s := range v.sections {
		panels = append(panels, s.panel())
	}
	natural := func(i int) float32 { return v.sections[i].natural() }
	v.grid = ui.NewGrid(&ui.Grid{Rows: rows, Natural: natural}, panels...)
	inset := layout.NewCustomPaddedLayout(10, 2, 16, 16)
	head := container.New(inset, container.NewHBox(ui.NewText("Pulls", ui.Title)))
	v.content = container.NewBorder(head, nil, nil, nil, v.grid)
	v.ExtendBaseWidget(v)
	v.follow()
	return v
}

// rows of the grid, of sections in their order.
func rows(float32) [][]ui.GridCell {
	cell := func(section int, share float32) ui.GridCell { return ui.GridCell{Object: section, Share: share} }
	return [][]ui.GridCell{{cell(0, 58), cell(1, 42)}, {cell(2, 58), cell(3, 42)}, {cell(4, 58), cell(5, 42)}}
}

func (v *View) follow() {
	v.Session.Focus.Follow(func(app.Focus) { v.coverage.read(); v.plan.read(); v.keeping.readCost() })
	v.Session.Zone.Follow(func(*time.Location) { v.readAll() })
	v.Session.Changed.Follow(func(ui.Change) { v.coverage.read(); v.plan.read() })
	v.Session.Contact.Follow(func(ui.Contact) { v.plan.arrange() })
	v.Session.Selected.Follow(func(item app.Item) {
		if item == nil {
			v.coverage.ListPanel.List.Mark("")
		}
	})
	v.State.Follow(func(s State) {
		if v.entered { // four times a second while a pull runs
			v.arrange()
		}
		if ended := v.running && !s.Running; ended || len(s.Scopes) > 0 && v.plan.problem != nil {
			v.readAll()
		}
		v.running = s.Running
	})
}

// Enter shows the screen.
func (v *View) Enter(ui.State) {
	v.entered = true
	v.arrange()
	v.readAll()
	v.keeping.readRoom()
	v.goTo(0)
}

// arrange shows how it stands with pulling.
func (v *View) arrange() {
	v.progress.arrange()
	v.plan.arrange()
	v.keeping.arrange()
}

// Leave stops reading. Nothing of the screen is a person's choice, so that it has no state.
func (v *View) Leave() ui.State {
	v.entered = false
	for _, s := range v.sections {
		s.stop()
	}
	return nil
}

// ledgerEvery is how often the ledger is read: what another program asks is in it too.
const ledgerEvery = 15 * time.Second

// Tick reads again what grows old.
func (v *View) Tick() {
	if v.entered && v.Session.Now().Sub(v.at) >= ledgerEvery {
		v.readAll()
	}
}

func (v *View) readAll() {
	if !v.entered {
		return
	}
	v.at = v.Session.Now()
	for _, s := range v.sections {
		s.read()
	}
}

// arranged lays the sections out anew once one of them has other rows, and gives the first one the keyboard if nothing
// has it: a list that is hidden cannot get it.
func (v *View) arranged() {
	if v.grid == nil {
		return // while the screen is made
	}
	v.grid.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && c.Focused() == nil && v.entered {
		v.goTo(0)
	}
}

// within is the part of the window that is not ahead of now.
func (v *View) within() app.Range {
	r := v.Session.Range()
	if now := v.Session.Now(); r.To.After(now) {
		r.To = now
	}
	return r
}

// pullOrCancel pulls what the focus lacks, or ends the pull that runs.
func (v *View) pullOrCancel() {
	if v.State.Now().Running {
		v.Cancel()
	} else {
		v.Start(v.Session.Focus.Now())
	}
}

// CreateRenderer draws the screen.
func (v *View) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(v.content) }
