package lane

import (
	"cmp"
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
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
			if k > 0 && MarkX(axis, m.at())-MarkX(axis, marks[k-1].at()) < markGap {
				t.Fatalf("marks %d and %d are too close", k-1, k)
			}
			if last := m.events[len(m.events)-1].At; MarkX(axis, last)-MarkX(axis, m.at()) >= markGap {
				t.Fatalf("mark %d reaches too far", k)
			}
		}
		if i != n {
			t.Fatalf("%d of %d changes are in a mark", i, n)
		}
	})
}

func TestChangeLane(t *testing.T) {
	axis := chart.Axis{Range: hour, Width: 806}
	changes := slices.DeleteFunc(incident().Trail,
		func(e app.TrailEvent) bool { return !e.Change() || !hour.Contains(e.At) })
	slices.SortFunc(changes, app.CompareTrail)
	lead := slices.IndexFunc(changes, func(e app.TrailEvent) bool { return e.Name == "UpdateTable" })
	l := NewTrail(TrailData{Window: Window{Axis: axis, Now: now}, Changes: changes, Lead: lead})
	if got := l.Head().Measures; got != "1 by people, 40 by automation" {
		t.Errorf("it counts %q", got)
	}
	words := l.leadNotes(l.marks[l.lead])
	if words[0].Text != "UpdateTable orders" ||
		words[1].Text != "by deploy-role/pipeline-482 · 1 more beside it · 47 min ago" {
		t.Errorf("it leads with %q %q", words[0].Text, words[1].Text)
	}
	if item, ok := l.Pick(axis, 54, fyne.NewPos(axis.X(ago(47))+3, changeMiddle)).(app.Changes); !ok ||
		item[0].Name != "UpdateTable" {
		t.Errorf("the diamond is %v", item)
	}
	if item, ok := l.Pick(axis, 54, fyne.NewPos(axis.X(ago(56)), changeMiddle)).(app.Changes); !ok || len(item) != 3 {
		t.Errorf("the first circle is %v", item)
	}
	if item := l.Pick(axis, 54, fyne.NewPos(axis.X(ago(44)), changeMiddle)); item != nil {
		t.Errorf("where nothing is lies %v", item)
	}
	for minutes, want := range map[float64]string{47.4: "UpdateTable orders, scaling, by deploy-role/pipeline-482",
		55.8: "3 × CreateLogStream, configuration, by autoscaling", 44: ""} {
		if got := l.Readout(ago(minutes), 30*time.Second); got != want {
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
			x := MarkX(axis, m.at())
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
			if d := x - MarkX(axis, marks[i-1].at()); d < least {
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
		l := &Trail{lead: -1, marks: []mark{{events: events}}}
		if lead {
			l.lead = 0
		}
		p := chart.NewPicture(chart.Axis{Range: hour, Width: 200}, 54, 2, palette())
		l.Paint(p)
		return p.Image()
	}
	alpha := func(img *image.RGBA, dx, dy float32) uint8 {
		return img.RGBAAt(int(2*(100+dx)), int(2*(changeMiddle+dy))).A
	}
	for _, lead := range []bool{false, true} {
		if person, pipeline := alpha(draw(lead, by(anna)), 0, 0), alpha(draw(lead, by(deploy)), 0, 0); person < 200 ||
			pipeline > 20 {
			t.Errorf("lead %v: a person's mark is %d strong in its middle, a pipeline's %d", lead, person, pipeline)
		}
	}
	if a := alpha(draw(true, by(deploy)), leadRing, 0); a < 150 {
		t.Errorf("the ring of the lead is %d strong", a)
	}
	if with, without := alpha(draw(false, by(anna), by(deploy)), badgeOff, -badgeOff),
		alpha(draw(false, by(deploy), by(deploy)), badgeOff, -badgeOff); with < 200 || without > 20 {
		t.Errorf("the dot of people is %d strong, %d without people", with, without)
	}
	if slices.Equal(draw(false, by(deploy), by(deploy)).Pix, draw(false, by(deploy), other).Pix) {
		t.Error("a cluster of one kind looks like one of several")
	}
}

func TestChangesWords(t *testing.T) {
	table, stream := change(1, "UpdateTable", "dynamodb.amazonaws.com", "orders", deploy),
		change(1, "CreateLogStream", "logs.amazonaws.com", "/aws/lambda/a", scaling)
	for want, events := range map[string][]app.TrailEvent{
		"UpdateTable orders, scaling, by deploy-role/pipeline-482": {table},
		"2 × UpdateTable, scaling, by deploy-role/pipeline-482":    {table, table},
		"2 changes, by automation":                                 {table, stream},
		"TagResource201…touche-checkout, configuration, by anna@example.com": {change(1, "TagResource20170331v2",
			"lambda.amazonaws.com", "cartouche-checkout",
			app.Principal{Type: "AssumedRole", User: "AWSReservedSSO_AdministratorAccess_0123456789abcdef",
				Session: "anna@example.com"})},
		"2 changes, configuration, 1 by people": {stream,
			change(1, "PutDashboard", "monitoring.amazonaws.com", "shop", anna)},
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
