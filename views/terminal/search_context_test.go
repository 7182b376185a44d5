package terminal

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// TestPassages sees that what stands around matches is in pieces that each hold an event once, in the order of their
// streams.
func TestPassages(t *testing.T) {
	s := &shelf{}
	for i := range 12 { // even ones in the stream a, odd ones in b
		s.events = append(s.events, app.LogEvent{Scope: prod, Group: "g", Stream: string(rune('a' + i%2)),
			ID: fmt.Sprintf("%02d", i), At: noon.Add(time.Duration(i) * time.Second)})
	}
	for _, c := range []struct {
		matches       []int
		before, after int
		want          string
	}{
		{[]int{4}, 1, 1, "02 04* 06"},
		{[]int{4, 6}, 1, 1, "02 04* 06* 08"},
		{[]int{2, 6}, 1, 1, "00 02* 04 06* 08"},
		{[]int{2, 3, 4}, 0, 2, "02* 04* 06 08 / 03* 05 07"},
		{[]int{0, 8}, 0, 1, "00* 02 / 08* 10"},
		{[]int{0, 11}, 2, 0, "00* / 07 09 11*"},
	} {
		var matches []app.LogEvent
		for _, i := range c.matches {
			matches = append(matches, s.events[i])
		}
		all, err := passages(t.Context(), s.open(t), matches, c.before, c.after)
		if err != nil {
			t.Fatal(err)
		}
		var pieces []string
		for _, piece := range all {
			var said []string
			for _, e := range piece {
				said = append(said, e.ID+strings.Repeat("*", map[bool]int{true: 1}[e.Match]))
			}
			pieces = append(pieces, strings.Join(said, " "))
		}
		if got := strings.Join(pieces, " / "); got != c.want {
			t.Errorf("around %v, -B %d -A %d: %s, want %s", c.matches, c.before, c.after, got, c.want)
		}
	}
}

func TestContextIsBounded(t *testing.T) {
	for _, args := range []string{"-C -1", "-A 10001"} {
		if r := run(t, filled(), append([]string{"search"}, strings.Fields(args)...)...); r.code != ExitUsage {
			t.Errorf("search %s ends with %d", args, r.code)
		}
	}
}
