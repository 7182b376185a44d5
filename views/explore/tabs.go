package explore

import (
	"maps"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/ui"
)

// Tabs are several screens in one place that share their query: each shows what is found in another way. One is shown
// and reads; a row of tabs below the query bar leads to the others, and so does a key. It belongs to the UI goroutine.
type Tabs struct {
	widget.BaseWidget
	tabs    []Tab
	key     rune
	at      int
	entered bool
	left    []ui.State // how each was left; nil: it was never shown
	stack   *fyne.Container
}

// Tab is one of the screens of Tabs: any *Screen with a name of its own, Parts.Tab.
type Tab interface {
	ui.Screen
	ui.Commander
	ui.Awaiting
	ui.Bound
	ui.Ticker
	tabName() string
	firstQuery() string
	ownQuery() bool
	count() (text string, asked Question)
	ask(query string)
	filter(term string, out bool)
	toggleColumn(field string)
	join(t *Tabs, at int)
	sayTabs()
	current() Question
}

// NewTabs returns the screens as one, of which the first is shown. The key leads from each to the next.
func NewTabs(key rune, tabs ...Tab) *Tabs {
	t := &Tabs{tabs: tabs, key: key, left: make([]ui.State, len(tabs)), stack: container.NewStack()}
	for i, tab := range tabs {
		tab.join(t, i)
		ui.SetShown(tab, i == 0)
		t.stack.Add(tab)
	}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer draws the screen that is shown.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.stack) }

// tabState is under which name the state has the number of the tab that is shown.
const tabState = "tab"

// Enter shows the screen as it was left.
func (t *Tabs) Enter(state ui.State) {
	t.entered = true
	if i, err := strconv.Atoi(state[tabState]); err == nil && i >= 0 && i < len(t.tabs) {
		t.uncover(i)
	}
	t.tabs[t.at].Enter(state)
}

// Leave stops reading and returns which screen is shown, and how it looks.
func (t *Tabs) Leave() ui.State {
	t.entered = false
	state := t.tabs[t.at].Leave()
	state[tabState] = strconv.Itoa(t.at)
	return state
}

// Choose shows a screen with the query of the one that was shown, or where that is still the one that it began with,
// with its own. A screen of other things than the first keeps its query to itself.
func (t *Tabs) Choose(i int) {
	if i == t.at || !t.entered {
		return
	}
	was := t.tabs[t.at].Leave()
	t.left[t.at] = was
	next := maps.Clone(t.left[i])
	if next == nil {
		next = ui.State{}
	}
	if !t.tabs[t.at].ownQuery() && !t.tabs[i].ownQuery() {
		next["query"] = was["query"]
		if was["query"] == t.tabs[t.at].firstQuery() {
			next["query"] = t.tabs[i].firstQuery()
		}
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Unfocus() // what had the keyboard is hidden now
	}
	t.uncover(i)
	t.tabs[i].Enter(next)
}

// ChooseNamed shows the screen of a name: Patterns. It does nothing if there is none.
func (t *Tabs) ChooseNamed(name string) {
	for i, tab := range t.tabs {
		if tab.tabName() == name {
			t.Choose(i)
		}
	}
}

// Ask shows a screen with a query.
func (t *Tabs) Ask(i int, query string) {
	t.Choose(i)
	t.tabs[i].ask(query)
}

// Filter shows a screen and adds a term to its query, or takes it out where it is there.
func (t *Tabs) Filter(i int, term string, out bool) {
	t.Choose(i)
	t.tabs[i].filter(term, out)
}

// Column shows a screen with a field as a column, or no longer.
func (t *Tabs) Column(i int, field string) {
	t.Choose(i)
	t.tabs[i].toggleColumn(field)
}

// uncover has a screen seen and the others not.
func (t *Tabs) uncover(i int) {
	t.at = i
	for j, tab := range t.tabs {
		ui.SetShown(tab, j == i)
	}
}

func (t *Tabs) next() { t.Choose((t.at + 1) % len(t.tabs)) }

// Bindings are the keys of the screen that is shown, and the one that leads to the next.
func (t *Tabs) Bindings() ui.Bindings {
	var names []string
	for _, tab := range t.tabs {
		names = append(names, tab.tabName())
	}
	does := names[0] + ", " + strings.ToLower(strings.Join(names[1:], ", "))
	return append(ui.Bindings{{Keys: string(t.key), Does: does, Rune: t.key, Do: t.next}}, t.tabs[t.at].Bindings()...)
}

// Commands are those of the screen that is shown, and the ways to the others.
func (t *Tabs) Commands() []ui.Command {
	commands := t.tabs[t.at].Commands()
	for i, tab := range t.tabs {
		if i != t.at {
			commands = append(commands, ui.Command{Title: tab.tabName() + " of what is found",
				Detail: t.tabs[t.at].tabName(),
				Keys:   string(t.key), Do: func() { t.Choose(i) }})
		}
	}
	return commands
}

// Awaits reports whether a key has to wait for the first answer.
func (t *Tabs) Awaits(p ui.Press) bool { return t.tabs[t.at].Awaits(p) }

// Tick reads again what is old.
func (t *Tabs) Tick() { t.tabs[t.at].Tick() }

// words returns what each tab says: its name and how many it has, if that is of the question that is asked now.
func (t *Tabs) words() (all [][2]string) {
	now := t.tabs[t.at].current()
	for i, tab := range t.tabs {
		said := [2]string{tab.tabName()}
		if count, asked := tab.count(); i == t.at || asked.Text == now.Text && asked.Focus.Equal(now.Focus) {
			said[1] = count
		}
		all = append(all, said)
	}
	return all
}

// tabName is what the screen is called among tabs.
func (s *Screen[T]) tabName() string { return s.parts.Tab }

// firstQuery is what the screen begins with.
func (s *Screen[T]) firstQuery() string { return s.parts.Query }

// ownQuery reports whether the query is not shared.
func (s *Screen[T]) ownQuery() bool { return s.parts.Own }

// count returns how many the screen found last, in words, and by which question.
func (s *Screen[T]) count() (string, Question) { return s.shown.Count, s.asked }

// current is the question that the screen asks now.
func (s *Screen[T]) current() Question { return s.question() }

// ask changes the query.
func (s *Screen[T]) ask(query string) { s.query.SetText(query) }

// join puts the tabs into the head of the screen, which is number at of them.
func (s *Screen[T]) join(t *Tabs, at int) {
	s.tabs = newTabBar(t, at)
	s.content = s.build()
}

// sayTabs has the tabs say what they say now.
func (s *Screen[T]) sayTabs() {
	if s.tabs != nil {
		s.tabs.Refresh()
	}
}

var _ interface {
	ui.Screen
	ui.Commander
	ui.Awaiting
	ui.Bound
	ui.Ticker
	ui.Tabbed
} = (*Tabs)(nil)
