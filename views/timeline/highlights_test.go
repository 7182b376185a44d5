package timeline

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
)

// Where the lane of alarms has the middle of its first row, and that of changes its marks.
const (
	firstRow   = 34
	markMiddle = 36
)

// moveTo puts the pointer on a place of the lanes.
func (s *screen) moveTo(x, y float32) {
	s.field.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

// litNames say what is lit: lanes by their names, and how much within them.
func (s *screen) litNames() []string {
	var all []string
	names := s.laneNames()
	count := map[string]int{}
	for _, h := range s.field.highlights.places {
		switch h.part {
		case highlightName:
			all = append(all, names[h.row])
		case highlightRow:
			for _, p := range s.field.scene.rows[h.row].lane.(lane.Lister).Things() {
				if p.Middle == h.middle {
					all = append(all, p.Item.(app.Alarm).Name)
				}
			}
		case highlightMark:
			count["marks"]++
		case highlightStretch:
			count["stretches"]++
		}
	}
	for what, n := range count {
		all = append(all, fmt.Sprint(n, " ", what))
	}
	slices.Sort(all)
	return all
}

// dot returns a trace of the incident and its height in the lane of traces.
func (s *screen) dot(i int) (app.Latency, float32) {
	r := s.field.scene.rows[9]
	dots := slices.SortedFunc(slices.Values(s.snapshot.latencies),
		func(a, b app.Latency) int { return a.At.Compare(b.At) })
	at, _ := r.lane.(lane.Finder).Find(dots[i], r.height)
	return dots[i], (at.Top + at.Bottom) / 2
}

func TestRelativesLightUp(t *testing.T) {
	f := incident()
	s := open(t, f, full, dark)
	images := slices.Clone(s.field.drawn.images)
	middle := func(i int) float32 { return s.field.scene.rows[i].top + s.field.scene.rows[i].height/2 }
	dot, dotY := s.dot(250)
	for _, c := range []struct {
		over string
		x, y float32
		want []string
	}{
		// checkout-5xx: its metric, its logs and traces, its composite, the alarm of the same API
		{"an alarm", s.x(ago(5)), firstRow + lane.RowHeight,
			[]string{"2 stretches", "Logs", "Traces", "checkout 5xx error", "checkout latency", "checkout-5xx",
				"checkout-critical", "checkout-p99"}},
		{"a composite alarm", s.x(ago(5)), firstRow,
			[]string{"1 marks", "2 stretches", "Logs", "Traces", "checkout 5xx error", "checkout latency",
				"checkout-5xx", "checkout-critical", "checkout-p99", "orders throttled writes", "orders writes",
				"orders-iterator-age", "orders-stream age", "orders-throttles"}},
		{"a metric", s.x(ago(20)), middle(2), []string{"1 marks", "Traces", "checkout-critical",
			"orders throttled writes", "orders writes", "orders-throttles"}},
		{"a change", s.x(ago(47)), s.field.scene.rows[1].top + markMiddle,
			[]string{"1 marks", "Traces", "checkout-critical", "orders throttled writes", "orders writes",
				"orders-throttles"}},
		{"a bar", s.x(ago(9)), middle(8), []string{"1 marks", "2 stretches", "Logs", "Traces"}},
		{"a trace", s.x(dot.At), s.field.scene.rows[9].top + dotY, // through checkout, to the table
			[]string{"1 marks", "2 stretches", "Logs", "Traces", "checkout 5xx error", "checkout latency",
				"checkout-5xx", "checkout-critical", "checkout-p99", "orders throttled writes", "orders writes",
				"orders-throttles"}},
		{"nothing", s.x(ago(44)), s.field.scene.rows[1].top + markMiddle, nil},
	} {
		s.moveTo(c.x, c.y)
		if got := s.litNames(); !slices.Equal(got, c.want) {
			t.Errorf("over %s %q light up, want %q", c.over, got, c.want)
		}
	}
	if !slices.Equal(images, s.field.drawn.images) {
		t.Error("a picture was drawn anew")
	}
	s.moveTo(s.x(ago(5)), firstRow)
	s.field.MouseOut()
	if n := len(s.field.highlights.names.Objects) + len(s.field.highlights.marks.Objects); n != 0 {
		t.Errorf("%d objects stay lit when the pointer has gone", n)
	}
}

func TestNamesAreOfAPlace(t *testing.T) {
	f := incident()
	other := app.Scope{Account: "444455556666", Region: "us-east-1"}
	for i := range f.trail {
		f.trail[i].Scope = other
	}
	s := open(t, f, full, dark)
	s.moveTo(s.x(ago(20)), s.field.scene.rows[2].top+30)
	if slices.Contains(s.litNames(), "1 marks") || !slices.Contains(s.litNames(), "orders throttled writes") {
		t.Error("a change in another account lights up with a table of the same name")
	}
}

func TestWhatIsSelectedIsRinged(t *testing.T) {
	s := open(t, incident(), full, dark)
	dot, dotY := s.dot(7)
	var bars []app.LogBucket
	for _, p := range s.field.scene.rows[8].lane.(lane.Stepper).Steps() {
		bars = append(bars, p.Item.(app.LogBucket))
	}
	alarm := s.field.scene.rows[0].lane.(lane.Lister).Things()[1].Item
	for name, c := range map[string]struct {
		item app.Item
		x, y float32 // of the ring's middle, y from the top of its lane
		lane int
	}{
		"a strip":  {alarm, s.axis.Width / 2, firstRow + lane.RowHeight + 0.5, 0},
		"a change": {s.snapshot.changes[4], s.axis.X(s.snapshot.changes[4].At), markMiddle, 1},
		"a bar": {bars[3], s.axis.X(bars[3].Range.From) +
			(s.axis.X(bars[3].Range.To)-s.axis.X(bars[3].Range.From)-1)/2, s.field.scene.rows[8].height / 2, 8},
		"a dot":                  {dot, s.axis.X(dot.At), dotY, 9},
		"a trace from elsewhere": {app.Trace{ID: dot.ID}, s.axis.X(dot.At), dotY, 9},
	} {
		s.session.Selected.Set(c.item)
		if n := len(s.field.highlights.marks.Objects); n != 1 {
			t.Errorf("%s has %d rings", name, n)
			continue
		}
		o := s.field.highlights.marks.Objects[0]
		at := o.Position().AddXY(o.Size().Width/2, o.Size().Height/2-s.field.top(c.lane))
		if d := at.SubtractXY(c.x, c.y); d.X*d.X > 1 || d.Y*d.Y > 1 {
			t.Errorf("the ring of %s is around %v, want %v, %v", name, at, c.x, c.y)
		}
	}
	s.session.Selected.Set(nil)
	if n := len(s.field.highlights.marks.Objects); n != 0 {
		t.Errorf("%d rings stay", n)
	}
}

// BenchmarkLight moves over alarms, of which each has other relatives: budget 0.5 ms.
func BenchmarkLight(b *testing.B) {
	s := open(b, incident(), wide, dark)
	for i := 0; b.Loop(); i++ {
		s.moveTo(s.x(ago(5)), firstRow+lane.RowHeight*float32(i%5))
	}
}

// The function orders and the table orders have one name and nothing else in common.
func TestAFunctionIsNotATableOfItsName(t *testing.T) {
	const arn = "arn:aws:%s:eu-west-1:111122223333:%s"
	change := func(service, of string) app.TrailEvent {
		return app.TrailEvent{Scope: shop, Name: "Update",
			Resources: []app.TrailResource{{Name: fmt.Sprintf(arn, service, of)}}}
	}
	function, table := change("lambda", "function:orders:live"),
		change("dynamodb", "table/orders/stream/2026-01-01T00:00:00.000")
	snap := snapshot{
		groups: []app.LogGroup{{Scope: shop, Name: "/aws/lambda/orders"}},
		graphs: []app.ServiceGraph{{Scope: shop,
			Nodes: []app.ServiceNode{{Name: "orders", Type: "AWS::DynamoDB::Table"}}}},
	}
	lanes := map[string]app.Lane{
		"errors of the function": {Kind: app.MetricLane, Scope: shop,
			Readings: []app.Reading{{Metric: app.NewMetric("AWS/Lambda", "Errors",
				app.Dimension{Name: "FunctionName", Value: "orders"})}}},
		"its logs":            {Kind: app.LogLane},
		"writes of the table": {Kind: app.MetricLane, Scope: shop, Readings: []app.Reading{{Metric: writes}}},
		"its traces":          {Kind: app.TraceLane},
		"an API": {Kind: app.MetricLane, Scope: shop,
			Readings: []app.Reading{{Metric: app.NewMetric("AWS/ApiGateway", "Latency",
				app.Dimension{Name: "ApiName", Value: "orders"})}}},
	}
	for name, l := range lanes {
		of := snap.relationsOf(l, nil)
		both := name == "an API" // in front of which of them nobody says
		if got, want := of.related(changeRelation(function)), both || name == "errors of the function" ||
			name == "its logs"; got != want {
			t.Errorf("a change of the function lights up %s: %v", name, got)
		}
		if got, want := of.related(changeRelation(table)), both || name == "writes of the table" ||
			name == "its traces"; got != want {
			t.Errorf("a change of the table lights up %s: %v", name, got)
		}
	}
	if changeRelation(function).shares(changeRelation(table)) ||
		!changeRelation(table).shares(changeRelation(change("dynamodb", "table/orders"))) {
		t.Error("changes are related by the name alone")
	}
}
