package timeline

import (
	"cmp"
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

func TestClustersHoldEveryChangeAndKeepTheirDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := chart.Axis{Range: hour, Width: rapid.Float32Range(100, 2000).Draw(t, "width")}
		n := rapid.IntRange(0, 200).Draw(t, "changes")
		var changes []app.TrailEvent
		at := hour.From
		for range n {
			at = at.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "pause")) * time.Second)
			changes = append(changes, app.TrailEvent{At: at})
		}
		marks := cluster(changes, axis)
		i := 0
		for k, m := range marks {
			for _, e := range m.events {
				if !e.At.Equal(changes[i].At) {
					t.Fatalf("change %d is not where it was", i)
				}
				i++
			}
			if k > 0 && markX(axis, m.at())-markX(axis, marks[k-1].at()) < markGap {
				t.Fatalf("marks %d and %d are too close", k-1, k)
			}
			if last := m.events[len(m.events)-1].At; markX(axis, last)-markX(axis, m.at()) >= markGap {
				t.Fatalf("mark %d reaches too far", k)
			}
		}
		if i != n {
			t.Fatalf("%d of %d changes are in a mark", i, n)
		}
	})
}

func TestChangeLane(t *testing.T) {
	f := incident()
	axis := chart.Axis{Range: hour, Width: 806}
	e, err := read(t.Context(), f, question{axis: axis, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l := newChangeLane(e)
	if got := l.head().measures; got != "1 by people, 40 by automation" {
		t.Errorf("it counts %q", got)
	}
	lead := l.leadNotes(l.marks[l.lead])
	if lead[0].text != "UpdateTable orders" || lead[1].text != "by deploy-role/pipeline-482 · 1 more beside it · 47 min ago" {
		t.Errorf("it leads with %q %q", lead[0].text, lead[1].text)
	}
	if item, ok := l.pick(axis, 54, fyne.NewPos(axis.X(ago(47))+3, changeMiddle)).(app.Changes); !ok || item[0].Name != "UpdateTable" {
		t.Errorf("the diamond is %v", item)
	}
	if item, ok := l.pick(axis, 54, fyne.NewPos(axis.X(ago(56)), changeMiddle)).(app.Changes); !ok || len(item) != 3 {
		t.Errorf("the first circle is %v", item)
	}
	if item := l.pick(axis, 54, fyne.NewPos(axis.X(ago(44)), changeMiddle)); item != nil {
		t.Errorf("where nothing is lies %v", item)
	}
	for minutes, want := range map[float64]string{47.4: "UpdateTable orders, scaling, by deploy-role/pipeline-482", 55.8: "3 × CreateLogStream, configuration, by autoscaling", 44: ""} {
		if got := l.readout(ago(minutes), 30*time.Second); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
}

// marked are the marks of changes so many minutes ago, on an axis where a minute is so many pixels wide.
func marked(lead int, pixels float32, minutes ...float64) ([]mark, int, chart.Axis) {
	axis := chart.Axis{Range: hour, Width: 60 * pixels}
	var changes []app.TrailEvent
	for _, m := range minutes {
		changes = append(changes, change(m, "A", "s", "x", deploy))
	}
	marks, leading := marksOf(changes, lead, axis)
	return marks, leading, axis
}

func TestNeighboursOfTheLeadAreNotHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.SliceOfN(rapid.Float64Range(0, 60), 1, 60).Draw(t, "minutes")
		slices.SortFunc(minutes, func(a, b float64) int { return cmp.Compare(b, a) })
		lead := rapid.IntRange(0, len(minutes)-1).Draw(t, "lead")
		marks, leading, axis := marked(lead, rapid.Float32Range(2, 30).Draw(t, "pixels"), minutes...)
		n := 0
		for i, m := range marks {
			n += len(m.events)
			x := markX(axis, m.at())
			if x < markInset || x > axis.Width-markInset {
				t.Fatalf("mark %d at %v of %v is cut off", i, x, axis.Width)
			}
			if i == leading && !m.at().Equal(ago(minutes[lead])) {
				t.Fatalf("the lead stands at %v", m.at())
			}
			if i == 0 {
				continue
			}
			least := float32(markGap)
			if i == leading || i-1 == leading {
				least = leadGap
			}
			if d := x - markX(axis, marks[i-1].at()); d < least {
				t.Fatalf("marks %d and %d of %d, of which %d leads, are %v apart", i-1, i, len(marks), leading, d)
			}
		}
		if n != len(minutes) {
			t.Fatalf("%d of %d changes are in a mark", n, len(minutes))
		}
	})
}

func TestMarksTellPeopleAndShape(t *testing.T) {
	by := func(p app.Principal) app.TrailEvent {
		return change(30, "UpdateTable", "dynamodb.amazonaws.com", "orders", p)
	}
	other := change(30, "PutRolePolicy", "iam.amazonaws.com", "deploy-role", deploy)
	draw := func(lead bool, events ...app.TrailEvent) *image.RGBA {
		l := &changeLane{lead: -1, marks: []mark{{events: events}}}
		if lead {
			l.lead = 0
		}
		p := chart.NewPicture(chart.Axis{Range: hour, Width: 200}, 54, 2, palette())
		l.paint(p)
		return p.Image()
	}
	alpha := func(img *image.RGBA, dx, dy float32) uint8 {
		return img.RGBAAt(int(2*(100+dx)), int(2*(changeMiddle+dy))).A
	}
	for _, lead := range []bool{false, true} {
		if person, pipeline := alpha(draw(lead, by(anna)), 0, 0), alpha(draw(lead, by(deploy)), 0, 0); person < 200 || pipeline > 20 {
			t.Errorf("lead %v: a person's mark is %d strong in its middle, a pipeline's %d", lead, person, pipeline)
		}
	}
	if a := alpha(draw(true, by(deploy)), leadRing, 0); a < 150 {
		t.Errorf("the ring of the lead is %d strong", a)
	}
	if with, without := alpha(draw(false, by(anna), by(deploy)), badgeOff, -badgeOff), alpha(draw(false, by(deploy), by(deploy)), badgeOff, -badgeOff); with < 200 || without > 20 {
		t.Errorf("the dot of people is %d strong, %d without people", with, without)
	}
	if slices.Equal(draw(false, by(deploy), by(deploy)).Pix, draw(false, by(deploy), other).Pix) {
		t.Error("a cluster of one kind looks like one of several")
	}
}

func TestChangesWords(t *testing.T) {
	table, stream := change(1, "UpdateTable", "dynamodb.amazonaws.com", "orders", deploy), change(1, "CreateLogStream", "logs.amazonaws.com", "/aws/lambda/a", scaling)
	for want, events := range map[string][]app.TrailEvent{
		"UpdateTable orders, scaling, by deploy-role/pipeline-482": {table},
		"2 × UpdateTable, scaling, by deploy-role/pipeline-482":    {table, table},
		"2 changes, by automation":                                 {table, stream},
		"TagResource201…touche-checkout, configuration, by anna@example.com": {change(1, "TagResource20170331v2", "lambda.amazonaws.com", "cartouche-checkout",
			app.Principal{Type: "AssumedRole", User: "AWSReservedSSO_AdministratorAccess_0123456789abcdef", Session: "anna@example.com"})},
		"2 changes, configuration, 1 by people": {stream, change(1, "PutDashboard", "monitoring.amazonaws.com", "shop", anna)},
	} {
		if got := changesWords(events); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// palette has the colours of the design's dark theme.
func palette() chart.Palette {
	p := chart.Palette{}
	for _, name := range []fyne.ThemeColorName{ui.ColorChange, ui.ColorBackground} {
		p[name] = color.NRGBA{R: 200, G: 100, B: 50, A: 255}
	}
	return p
}

func TestTheWordsOfTheLeadStayAtItsMark(t *testing.T) {
	for _, width := range []float32{300, 500, 604, 1020, 1440} {
		s := open(t, incident(), fyne.NewSize(width, 700), theme.VariantDark)
		l := bare(s.field.scene.lanes[1]).(*changeLane)
		mark := markX(s.axis, l.marks[l.lead].at())
		first := slices.IndexFunc(s.field.said[1], func(n note) bool { return n.cut }) + s.field.notesBefore(1)
		what, by := s.field.notes[first-1], s.field.notes[first]
		from, to := what.Position().X, what.Position().X+what.MinSize().Width
		if want := max(min(mark+leadInset, s.axis.Width-(to-from)-8), 0); from != want {
			t.Errorf("%v wide, the words begin at %v, want %v: the mark is at %v of %v", width, from, want, mark, s.axis.Width)
		}
		if end := by.Position().X + by.MinSize().Width; by.Visible() && end > s.axis.Width {
			t.Errorf("%v wide, they reach %v beyond the end", width, end-s.axis.Width)
		}
	}
}

// The window begins so many minutes around the lead: its mark is put into the picture, and its words with it; with the mark they go.
func TestTheWordsOfTheLeadAreNotCutAtTheLeftEdge(t *testing.T) {
	s := open(t, incident(), full, dark)
	at := s.evidence.changes[s.evidence.leading()].At
	first := slices.IndexFunc(s.field.said[1], func(n note) bool { return n.cut }) + s.field.notesBefore(1) - 1
	for before := -120; before <= 120; before += 5 {
		s.axis.Range = app.Range{From: at.Add(-time.Duration(before) * time.Second), To: now}
		s.field.arrange()
		for i, n := range s.field.notes[first : first+2] {
			if left := n.Position().X; n.Visible() && left < 0 || n.Visible() != (before >= 0) {
				t.Fatalf("%d s after the window's start its words %d, shown %v, begin at %v", before, i, n.Visible(), left)
			}
		}
	}
}

func TestTheReadoutOfChangesKeepsOffMarksAndWords(t *testing.T) {
	f := incident()
	f.trail = append(f.trail, change(46.9, "TagResource20170331v2", "lambda.amazonaws.com", "cartouche-checkout", deploy))
	s := open(t, f, wide, dark)
	l, r, shown := bare(s.field.scene.lanes[1]).(*changeLane), s.field.readout[1], 0
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
		for _, m := range l.reaches(s.axis) {
			if at.X < m.right && m.left < at.X+size.Width && at.Y < m.bottom && m.top < at.Y+size.Height {
				t.Fatalf("%.1f minutes ago %q at %v lies on a mark %v", minutes, measured(l, time.Time{}, ago(minutes), 30*time.Second), at, m)
			}
		}
		for i := range s.field.said[1] {
			if n := s.field.notes[s.field.notesBefore(1)+i]; n.Visible() && covers(r, n) {
				t.Fatalf("%.1f minutes ago it lies on %q", minutes, n.Text)
			}
		}
	}
	if shown < 50 {
		t.Errorf("it is shown at %d places", shown)
	}
}
