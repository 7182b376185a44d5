package explore

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// tabsOf returns two screens in one place, and what they were asked.
func tabsOf(t *testing.T) (*Tabs, *[]string) {
	t.Helper()
	ui.UseAppearance(test.NewTempApp(t))
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	session := ui.NewSession(app.Focus{}.Last(time.Hour), time.UTC, ui.Inline, func() time.Time { return at })
	asked := &[]string{}
	one := func(name, found string) *Screen[string] {
		return New(Parts[string]{Name: "Things", Tab: name, Session: session, Signal: app.Logs,
			Columns: []ui.Column[string]{{Title: name, Cell: func(s string) ui.Cell { return ui.Cell{Text: s} }}},
			Key:     func(s string) string { return s }, Item: func(s string) app.Item { return s },
			KeyOf: func(app.Item) string { return "" },
			Read: func(_ context.Context, q Question) (Answer[string], error) {
				*asked = append(*asked, name+" "+q.Text)
				return Answer[string]{Items: []string{found}, Total: 1, Known: true, Count: found}, nil
			}})
	}
	tabs := NewTabs('p', one("Events", "12"), one("Patterns", "3, 1 new"))
	w := test.NewTempWindow(t, tabs)
	w.Resize(fyne.NewSize(900, 600))
	return tabs, asked
}

// said is what the tabs say, with the number of the shown one.
func said(t *Tabs) string {
	text := ""
	for i, w := range t.words() {
		if i == t.at {
			text += "*"
		}
		text += strings.TrimSpace(w[0]+" "+w[1]) + "; "
	}
	return text
}

func TestTabsShareTheQuery(t *testing.T) {
	tabs, asked := tabsOf(t)
	tabs.Enter(nil)
	if got := said(tabs); got != "*Events 12; Patterns; " {
		t.Errorf("before the second was read the tabs say %s", got)
	}
	tabs.Ask(0, "timeout")
	*asked = nil
	if !tabs.Bindings().Rune('p') || tabs.at != 1 {
		t.Fatal("p does not lead to the patterns")
	}
	for _, question := range *asked {
		if question != "Patterns timeout" {
			t.Errorf("the hidden screen or another query is read: %q", question)
		}
	}
	if got := said(tabs); got != "Events 12; *Patterns 3, 1 new; " {
		t.Errorf("the tabs say %s", got)
	}
	tabs.Ask(1, "other")
	if got := said(tabs); got != "Events; *Patterns 3, 1 new; " {
		t.Errorf("what was counted for another query is still said: %s", got)
	}
	tabs.tabs[1].(*Screen[string]).tabs.Tapped(&fyne.PointEvent{Position: fyne.NewPos(10, 10)})
	if tabs.at != 0 || tabs.tabs[0].(*Screen[string]).query.Text != "other" {
		t.Errorf("a tap on the first tab shows %d", tabs.at)
	}
}

func TestTabsComeBackAsTheyWereLeft(t *testing.T) {
	tabs, asked := tabsOf(t)
	tabs.Enter(nil)
	tabs.Choose(1)
	tabs.Ask(1, "slow")
	state := tabs.Leave()
	*asked = nil
	tabs.Choose(0)
	tabs.Tick()
	if len(*asked) > 0 || tabs.at != 1 {
		t.Errorf("what is not entered reads %q", *asked)
	}
	again, asked := tabsOf(t)
	again.Enter(state)
	if again.at != 1 || again.tabs[1].(*Screen[string]).query.Text != "slow" || !again.tabs[1].Visible() ||
		again.tabs[0].Visible() {
		t.Errorf("tab %d is shown with the query %q", again.at, again.tabs[1].(*Screen[string]).query.Text)
	}
	for _, question := range *asked {
		if !strings.HasPrefix(question, "Patterns") {
			t.Errorf("the hidden screen reads %q", question)
		}
	}
	if commands := again.Commands(); commands[len(commands)-1].Title != "Events of what is found" {
		t.Errorf("the palette offers %v", commands)
	}
}
