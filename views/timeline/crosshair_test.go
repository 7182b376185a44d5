package timeline

import (
	"testing"

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
