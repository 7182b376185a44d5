package terminal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// TestPatternsComparesWithBefore sees what is new and surging told, by the time before that --before names.
func TestPatternsComparesWithBefore(t *testing.T) {
	s := filled()
	s.events = nil
	add := func(n int, since time.Duration, message string) {
		for i := range n {
			at := noon.Add(-since).Add(time.Duration(i) * time.Second)
			s.events = append(s.events, app.LogEvent{Scope: prod, Group: "/ecs/shop", ID: fmt.Sprint(message, i, since),
				At:      at,
				Message: fmt.Sprintf(message, i), LogFacts: app.LogFacts{Level: app.LevelError}})
		}
	}
	add(10, 2*time.Hour, "retry %d of 5")
	add(20, 2*time.Hour, "read item %d")
	add(90, time.Hour, "retry %d of 5")
	add(21, time.Hour, "read item %d")
	add(2, time.Hour, "no answer from orders-%d")
	golden(t, "patterns-compared", run(t, s, "patterns", "--since", "1h", "--before", "90m", "--region", "eu-west-1"))
	r := run(t, s, "patterns", "--since", "1h", "--before", "7d", "--region", "eu-west-1")
	if strings.Contains(r.out, "new") || !strings.Contains(r.err, "Not compared") {
		t.Errorf("with little of the time before in the cache: %s%s", r.out, r.err)
	}
}

// TestPatternsNarrows sees that the terms are those of a search.
func TestPatternsNarrows(t *testing.T) {
	s := filled()
	run(t, s, "patterns", `group:"/ecs/etl"`, "level:warn", "time out", "--since", "1h")
	want := app.LogQuery{Range: app.Range{From: noon.Add(-2 * time.Hour), To: noon}, Groups: []string{"/ecs/etl"},
		Level: app.LevelWarn, Match: app.MatchAll([]app.LogTerm{{Text: "time out"}}...)}
	if got := s.logQuery; got.Level != want.Level ||
		fmt.Sprint(got.Groups, got.Match, got.Range) != fmt.Sprint(want.Groups, want.Match, want.Range) {
		t.Errorf("patterns asked %+v, want %+v", got, want)
	}
}

// TestWildcardsAreColored sees wildcards in a colour of their own, and the width of the column kept.
func TestWildcardsAreColored(t *testing.T) {
	table := newTable("PATTERN", "N")
	table.add(pieces{{"took ", plain}, {"<num>", wildColor}}, 1)
	table.add("longer than that", 2)
	var b strings.Builder
	table.print(&b, true)
	if want := "took \x1b[36m<num>\x1b[0m        1\n"; !strings.Contains(b.String(), want) {
		t.Errorf("got %q", b.String())
	}
}
