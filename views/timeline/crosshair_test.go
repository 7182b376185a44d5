package timeline

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// hidden counts the words that lie on a ground and are not shown though they have room.
func (f *field) hidden() (n int) {
	i := 0
	for _, notes := range f.said {
		for _, said := range notes {
			if said.backed && f.fits[i] && !f.notes[i].Visible() {
				n++
			}
			i++
		}
	}
	return n
}

func TestWordsUnderAReadoutAreHidden(t *testing.T) {
	s := open(t, incident(), full, theme.VariantDark)
	if n := s.field.hidden(); n != 0 {
		t.Fatalf("%d words are hidden without a crosshair", n)
	}
	for minutes := 60.0; minutes > 0; minutes -= 3 {
		s.cross(ago(minutes))
		for i, note := range s.field.notes {
			for _, r := range s.field.readout {
				if s.field.backs[i].Visible() && note.Visible() && covers(r, note) {
					t.Fatalf("%v minutes ago %q lies under a readout", minutes, note.Text)
				}
			}
		}
	}
	s.cross(ago(58))
	if s.field.hidden() == 0 {
		t.Error("at the left edge the readouts hide no threshold's words")
	}
	s.uncross()
	if n := s.field.hidden(); n != 0 {
		t.Errorf("%d words stay hidden after the crosshair has gone", n)
	}
}

func TestReadoutsKeepOffEachOther(t *testing.T) {
	for _, size := range []fyne.Size{full, small, wide} {
		s := open(t, incident(), size, theme.VariantDark)
		for minutes := 60.0; minutes > 0; minutes -= 7 {
			s.cross(ago(minutes))
			for i, a := range s.field.readout {
				for _, b := range s.field.readout[:i] {
					if a.Visible() && b.Visible() && covers(a, b) {
						t.Errorf("at %v %v minutes ago two readouts lie on each other", size, minutes)
					}
				}
			}
		}
	}
}

func TestTwoInstantsAreMeasured(t *testing.T) {
	s := open(t, incident(), full, theme.VariantDark)
	s.cross(ago(40))
	s.Bindings().Rune('m')
	s.cross(ago(31.8))
	if want := "+8 min 12 s"; !strings.HasSuffix(s.ruler.time.Text, want) {
		t.Errorf("the ruler says %q, want %q at its end", s.ruler.time.Text, want)
	}
	if x := s.axis.X(ago(40)); !s.field.pinned.Visible() || s.field.pinned.Position().X != x {
		t.Errorf("the pin is at %v, want %v", s.field.pinned.Position().X, x)
	}
	differ := 0
	for _, l := range s.field.scene.lanes {
		said := measured(l, s.pin, s.crossAt, 30*time.Second)
		before, after, two := strings.Cut(said, "  →  ")
		if two {
			differ++
			if before != l.readout(s.pin, 30*time.Second) || after != l.readout(s.crossAt, 30*time.Second) {
				t.Errorf("%s reads %q", l.head().name, said)
			}
		}
	}
	if differ == 0 {
		t.Error("no lane tells two values")
	}
	left := s.Leave()
	s.cross(ago(45))
	if !strings.Contains(s.ruler.time.Text, "−5 min") {
		t.Errorf("before the pin the ruler says %q", s.ruler.time.Text)
	}
	s.uncross()
	if s.ruler.time.Text != pointText(ago(40), s.axis.Range.Length(), s.ruler.zone) || !s.field.hair.Visible() {
		t.Errorf("without the pointer the ruler says %q", s.ruler.time.Text)
	}
	s.Bindings().Rune('m')
	if s.field.pinned.Visible() || s.field.hair.Visible() {
		t.Error("the pin stays when it is let go")
	}
	s.Enter(left)
	if !s.pin.Equal(ago(40)) {
		t.Errorf("come back to, the pin is at %v", s.pin)
	}
}
