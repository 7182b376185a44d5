package timeline

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
)

// ringRadius is that of the ring around the lead, at whose left edge its words begin.
const ringRadius = 11

func TestTheWordsOfTheLeadStayAtItsMark(t *testing.T) {
	for _, width := range []float32{300, 500, 604, 1020, 1440} {
		s := open(t, incident(), fyne.NewSize(width, 700), theme.VariantDark)
		mark := lane.MarkX(s.axis, s.snapshot.changes[s.snapshot.leading()].At)
		words := s.field.drawn.words[1]
		first := slices.IndexFunc(words, func(w word) bool { return w.Cut })
		what, by := words[first-1].text, words[first].text
		from, to := what.Position().X, what.Position().X+what.MinSize().Width
		if want := max(min(mark-ringRadius, s.axis.Width-(to-from)-8), 0); from != want {
			t.Errorf("%v wide, the words begin at %v, want %v: the mark is at %v of %v", width, from, want, mark,
				s.axis.Width)
		}
		if end := by.Position().X + by.MinSize().Width; by.Visible() && end > s.axis.Width {
			t.Errorf("%v wide, they reach %v beyond the end", width, end-s.axis.Width)
		}
	}
}

// The window begins so many minutes around the lead: its mark is put into the picture, and its words with it; with the
// mark they go.
func TestTheWordsOfTheLeadAreNotCutAtTheLeftEdge(t *testing.T) {
	s := open(t, incident(), full, dark)
	at := s.snapshot.changes[s.snapshot.leading()].At
	words := s.field.drawn.words[1]
	first := slices.IndexFunc(words, func(w word) bool { return w.Cut }) - 1
	for before := -120; before <= 120; before += 5 {
		s.axis.Range = app.Range{From: at.Add(-time.Duration(before) * time.Second), To: now}
		s.field.arrange()
		for i, w := range words[first : first+2] {
			n := w.text
			if left := n.Position().X; n.Visible() && left < 0 || n.Visible() != (before >= 0) {
				t.Fatalf("%d s after the window's start its words %d, shown %v, begin at %v", before, i, n.Visible(),
					left)
			}
		}
	}
}

func TestTheReadoutOfChangesKeepsOffMarksAndWords(t *testing.T) {
	f := incident()
	f.trail = append(f.trail, change(46.9, "TagResource20170331v2", "lambda.amazonaws.com", "cartouche-checkout",
		deploy))
	s := open(t, f, wide, dark)
	l, r, shown := s.field.scene.rows[1].lane.(*lane.Trail), s.field.readout[1], 0
	for minutes := 60.0; minutes > 0; minutes -= 0.1 {
		s.cross(ago(minutes))
		if !r.Visible() {
			continue
		}
		shown++
		at, size := r.Position().SubtractXY(0, s.field.top(1)), r.Size()
		if over := max(at.X-s.axis.X(ago(minutes)), s.axis.X(ago(minutes))-at.X-size.Width); over < 0 || over > 60 {
			t.Fatalf("%.1f minutes ago it stands %v from the crosshair", minutes, over)
		}
		for _, m := range l.Obstacles(s.axis) {
			if at.X < m.Right && m.Left < at.X+size.Width && at.Y < m.Bottom && m.Top < at.Y+size.Height {
				t.Fatalf("%.1f minutes ago %q at %v lies on a mark %v", minutes,
					lane.Measured(l, time.Time{}, ago(minutes), 30*time.Second), at, m)
			}
		}
		for _, w := range s.field.drawn.words[1] {
			if n := w.text; n.Visible() && covers(r, n) {
				t.Fatalf("%.1f minutes ago it lies on %q", minutes, n.Text)
			}
		}
	}
	if shown < 50 {
		t.Errorf("it is shown at %d places", shown)
	}
}
