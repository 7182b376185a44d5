package logs

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/explore"
)

// minedRows returns the rows of the patterns of events over the last hour.
func minedRows(t *testing.T, shelf *drawertest.Cache, filter func(string)) explore.Answer[patternRow] {
	t.Helper()
	q := explore.Question{Range: app.Since(drawertest.Now, time.Hour), Now: drawertest.Now, Zone: time.UTC, Limit: 10}
	a, err := minePatterns(context.Background(), shelf.Open(t), q, filter)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAPatternTellsItsValues(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.Events = nil
	for i := range 6 {
		shelf.Events = append(shelf.Events, logged("/ecs/order-mail", app.LevelWarn,
			fmt.Sprintf("mail to shop-%d of order ord-%d took %d ms", i%2, 100+i, 7)))
	}
	shelf.Events = append(shelf.Events, logged("/ecs/order-mail", app.LevelInfo, "started"))
	filtered := ""
	a := minedRows(t, shelf, func(query string) { filtered = query })
	if a.Total != 2 || a.Items[0].text != "mail to shop-<num> of order ord-<num> took <duration>" {
		t.Fatalf("the patterns are %v", a.Items)
	}
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(a.Items[0].patternItem)
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	for _, want := range []string{"Pattern of log events", "6 events, 86 % of what was found", "<NUM> 1 · 2 VALUES",
		"<NUM> 2 · 6 VALUES Each in one event, such as 100.",
		"<DURATION> 3 · 1 VALUE 7 ms 6", "NEWEST EVENTS", "mail to shop-1 of order ord-105", "Warnings 6"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	if strings.Contains(said, "started") {
		t.Errorf("it tells of another pattern: %s", said)
	}
	s.Rune('l')
	if s.Drawer.Title() != "Events of a pattern" {
		t.Errorf("l opens %q", s.Drawer.Title())
	}
	s.Session.Selected.Set(a.Items[0].patternItem)
	s.Rune('f')
	if filtered != `"mail to shop-" "of order ord-" took` {
		t.Errorf("f filters by %s", filtered)
	}
}

func TestPatternsAreSaidBesideTheTab(t *testing.T) {
	set := pattern.Set{Patterns: []pattern.Pattern{{Change: pattern.New}, {Change: pattern.New},
		{Change: pattern.Surging}, {}}}
	if got := countPatterns(set); got != "4, 2 new, 1 surging" {
		t.Errorf("got %q", got)
	}
}

// New and surging patterns come first in the second order, each by how many events it has.
func TestNewPatternsFirst(t *testing.T) {
	shelf := drawertest.FullCache()
	shelf.Events = nil
	for i := range 5 {
		shelf.Events = append(shelf.Events, app.LogEvent{Scope: drawertest.Ireland,
			At: drawertest.Ago(90 * time.Minute), Message: fmt.Sprint("read item ", i)},
			logged("/ecs/a", app.LevelInfo, fmt.Sprint("read item ", i)))
	}
	shelf.Events = append(shelf.Events, logged("/ecs/a", app.LevelInfo, "no answer"))
	q := explore.Question{Range: app.Since(drawertest.Now, time.Hour), Now: drawertest.Now, Zone: time.UTC, Limit: 10}
	for _, turned := range []bool{false, true} {
		q.Turned = turned
		a, err := minePatterns(t.Context(), shelf.Open(t), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		first := a.Items[0].text
		if want := map[bool]string{false: "read item <num>", true: "no answer"}[turned]; first != want {
			t.Errorf("turned %v: the first is %q, want %q", turned, first, want)
		}
	}
}
