package related

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// What is drawn as missing and what is said to be missing are the same: of one log group it is as much, of several the
// lane shows at least what the worst of them lacks.
func TestStretchesAgreeWithMissing(t *testing.T) {
	within, places := app.Since(now, time.Hour), []app.Scope{ireland}
	rapid.Check(t, func(t *rapid.T) {
		var covers []app.Cover
		for range rapid.IntRange(0, 5).Draw(t, "covers") {
			from := rapid.IntRange(1, 90).Draw(t, "from")
			to := rapid.IntRange(0, from-1).Draw(t, "to")
			minutes := func(n int) time.Time { return ago(time.Duration(n) * time.Minute) }
			covers = append(covers, app.Cover{Scope: ireland, Signal: app.Logs, AskedAt: now,
				Resource: rapid.SampledFrom([]string{"/aws/lambda/a", "/aws/lambda/b"}).Draw(t, "group"),
				Range:    app.Range{From: minutes(from), To: minutes(to)},
				Denied:   rapid.Bool().Draw(t, "denied")})
		}
		for _, names := range [][]string{nil, {"a"}, {"/aws/lambda/b"}} {
			var drawn time.Duration
			for _, s := range Stretches(within, places, names, covers)[0] {
				if s.State <= app.Truncated {
					drawn += s.Range.Length()
				}
			}
			m := MissingOf(app.Logs, within, places, names, covers)
			if !m.Any() { // what passed since the last pull is not said
				if limit := time.Duration(m.Of) * within.Length() / negligible; drawn > limit {
					t.Fatalf("%v: %s are drawn as missing and nothing is said", names, drawn)
				}
				continue
			}
			if m.Time > drawn || m.Of == 1 && m.Time != drawn {
				t.Fatalf("%v: %s are drawn as missing, and %s are said to be", names, drawn, m.Time)
			}
		}
	})
}
