package lane

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
)

// Blank stretches of one lane do not overlap, and say of each instant what coverage says.
func TestBlanksTellWhatIsKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known := stretchesOf(t, "known")
		read := app.Range{From: ago(float64(rapid.IntRange(0, 90).Draw(t, "read from"))),
			To: ago(float64(rapid.IntRange(-10, 60).Draw(t, "read to")))}
		w := Window{Axis: chart.Axis{Range: hour, Width: 800}, Now: now, Unread: app.Subtract(hour, []app.Range{read})}
		all := w.blanksOf(app.Logs, known)
		for m := range 60 {
			at := hour.From.Add(time.Duration(m)*time.Minute + time.Second)
			want := map[app.CoverState]string{app.Missing: Unpulled, app.Forbidden: Denied}[stateAt(known, at)]
			if !read.Contains(at) {
				want = NotRead
			}
			var got []string
			for _, b := range all {
				if b.Contains(at) {
					got = append(got, b.why)
				}
			}
			if want == "" && len(got) > 0 || want != "" && !cmp.Equal(got, []string{want}) {
				t.Fatalf("at %d min it is blank for %q, want %q", m, got, want)
			}
		}
	})
}
