package timeline

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/views/lane"
)

// hidden counts the words that lie on a ground and are not shown though they have room.
func (f *field) hidden() (n int) {
	for _, words := range f.drawn.words {
		for _, w := range words {
			if w.Backed && w.fits && !w.text.Visible() {
				n++
			}
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
		for _, w := range slices.Concat(s.field.drawn.words...) {
			for _, r := range s.field.readout {
				if w.back.Visible() && w.text.Visible() && covers(r, w.text) {
					t.Fatalf("%v minutes ago %q lies under a readout", minutes, w.Text)
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
	s.cross(ago(15))
	if r := s.ruler; r.pin.between.Text != "+25 min" || !r.pin.between.Visible() ||
		r.pin.time.Text != pointText(ago(40), time.Hour, cet) || !r.pin.time.Visible() {
		t.Errorf("the ruler says %q between %q and %q", r.pin.between.Text, r.pin.time.Text, r.time.Text)
	}
	if x := s.axis.X(ago(40)); !s.field.pinLine.Visible() || s.field.pinLine.Position().X != x {
		t.Errorf("the pin is at %v, want %v", s.field.pinLine.Position().X, x)
	}
	for name, want := range map[string]string{
		"orders writes":           "writes 517/s → 391/s (−126/s) · throttled writes 0/s → 4/s (+4/s)",
		"orders-stream age":       "10 s → 7 min 47 s (+7 min 36 s)",
		"Alarms":                  "1 in alarm  →  4 in alarm · 1 insufficient data",
		"orders throttled writes": "0 → 243 (+243)",
	} {
		i := slices.Index(s.laneNames(), name)
		if got := lane.Measured(s.field.scene.rows[i].lane, s.pin, s.crossAt, 30*time.Second); got != want {
			t.Errorf("%s reads %q, want %q", name, got, want)
		}
	}
	left := s.Leave()
	s.cross(ago(45))
	if s.ruler.pin.between.Text+s.ruler.time.Text == "" ||
		!strings.Contains(s.ruler.pin.between.Text+s.ruler.time.Text, "−5 min") {
		t.Errorf("before the pin the ruler says %q", s.ruler.time.Text)
	}
	s.uncross()
	if s.ruler.time.Text != pointText(ago(40), s.axis.Range.Length(), s.ruler.zone) || !s.field.hair.Visible() {
		t.Errorf("without the pointer the ruler says %q", s.ruler.time.Text)
	}
	s.Bindings().Rune('m')
	if s.field.pinLine.Visible() || s.field.hair.Visible() {
		t.Error("the pin stays when it is let go")
	}
	s.Enter(left)
	if !s.pin.Equal(ago(40)) {
		t.Errorf("come back to, the pin is at %v", s.pin)
	}
}

func TestTimesInTheRulerKeepOffEachOther(t *testing.T) {
	s := open(t, incident(), small, theme.VariantDark)
	for _, pin := range []float64{60, 59, 30, 1, 0} {
		s.pin = ago(pin)
		for minutes := 60.0; minutes >= 0; minutes -= 0.5 {
			s.cross(ago(minutes))
			r := s.ruler
			if covers(r.tag, r.pin.tag) {
				t.Fatalf("pinned %v minutes ago, the times lie on each other %v minutes ago", pin, minutes)
			}
			if shown := r.pin.between.Visible(); shown &&
				(covers(r.pin.between, r.tag) || covers(r.pin.between, r.pin.tag)) {
				t.Fatalf("pinned %v minutes ago, %q lies on a time %v minutes ago", pin, r.pin.between.Text, minutes)
			} else if !shown && !strings.HasSuffix(r.time.Text, apart(ago(pin), ago(minutes))) {
				t.Fatalf("pinned %v minutes ago, the ruler says %q", pin, r.time.Text)
			}
			for _, l := range r.labels {
				if l.Visible() && (covers(r.pin.tag, l) || covers(r.tag, l)) {
					t.Fatalf("%q lies under a time", l.Text)
				}
			}
		}
	}
}

func TestReadoutsLieOnNeitherLine(t *testing.T) {
	s := open(t, incident(), wide, theme.VariantDark)
	s.pin = ago(30)
	for minutes := 60.0; minutes >= 0; minutes -= 1 {
		s.cross(ago(minutes))
		for i, r := range s.field.readout {
			left, right := r.Position().X, r.Position().X+r.Size().Width
			for _, line := range []*canvas.Rectangle{s.field.hair, s.field.pinLine} {
				if x := line.Position().X; r.Visible() && left < x && x < right {
					t.Fatalf("%v minutes ago the readout %v to %v of lane %d lies on the line at %v", minutes, left,
						right, i, x)
				}
			}
		}
	}
}

func TestAClickOnTheRulerPins(t *testing.T) {
	s := open(t, incident(), full, theme.VariantDark)
	click := func(minutes, beside float64) {
		s.ruler.Tapped(&fyne.PointEvent{Position: fyne.NewPos(s.x(ago(minutes))+float32(beside), 10)})
	}
	click(40, 0)
	if d := s.pin.Sub(ago(40)).Abs(); d > 5*time.Second || !s.field.pinLine.Visible() {
		t.Errorf("it is pinned %v beside", d)
	}
	click(20, 0)
	if d := s.pin.Sub(ago(20)).Abs(); d > 5*time.Second {
		t.Errorf("another click pins %v beside", d)
	}
	click(20, 3)
	if !s.pin.IsZero() || s.field.pinLine.Visible() {
		t.Error("a click on the pin does not let it go")
	}
	s.ruler.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, 10)})
	if !s.pin.IsZero() {
		t.Error("a click beside the axis pins")
	}
}
