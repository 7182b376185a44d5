package traces

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// waterfallOf returns the waterfall that the drawer shows.
func waterfallOf(t *testing.T, s *drawertest.Stage) *waterfallPicture {
	t.Helper()
	w, ok := drawertest.Find[*waterfallPicture](s.Drawer)
	if !ok {
		t.Fatal("the drawer shows no waterfall")
	}
	return w
}

func TestARowOfAWaterfallOpensItsSpan(t *testing.T) {
	shelf, trace := drawertest.JoinedCache(), drawertest.Slow
	trace.Spans = slices.Clone(drawertest.Slow.Spans)
	for i := range trace.Spans {
		trace.Spans[i].Start, trace.Spans[i].End = drawertest.Slow.Start, drawertest.Slow.Start.Add(time.Second)
	}
	called := &trace.Spans[2]
	called.Start = drawertest.Slow.Start.Add(200 * time.Millisecond)
	called.Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
	called.AWS, called.Annotations = json.RawMessage(`{"operation":"PutItem","retries":3}`),
		map[string]any{"cart": "c-17"}
	called.Metadata = json.RawMessage(`{"debug":{"attempt":2}}`)
	called.Exceptions = []app.Exception{{Type: "ThroughputExceeded", Message: "slow down",
		Stack: []app.Frame{{Path: "store.py", Line: 41, Label: "put"}}}}
	shelf.AllTraces = []app.Trace{trace}
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(trace)
	w := waterfallOf(t, s)
	w.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(10, 2*barRow+3)}})
	if !w.glow.Visible() || w.glow.Position().Y != 2*barRow {
		t.Errorf("the row below the pointer is lit at %v, %v", w.glow.Position(), w.glow.Visible())
	}
	w.MouseOut()
	test.TapAt(w, fyne.NewPos(10, 2*barRow+3))
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	for _, want := range []string{"Subsegment of orders", "DynamoDB", "THROTTLED", "800 ms, 200 ms into the trace",
		"table/orders", "ThroughputExceeded: slow down", "put store.py:41",
		"Its trace 3.4 s t", "Its service s", "logs of the trace 0 l", "cart c-17", "operation PutItem", "retries 3",
		"debug.attempt 2"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	s.Key(fyne.KeyBackspace)
	if s.Drawer.Title() != "checkout 3.4 s" {
		t.Errorf("back leads to %q", s.Drawer.Title())
	}
	test.TapAt(waterfallOf(t, s), fyne.NewPos(10, 3*barRow+1)) // below the last row
	if s.Drawer.Title() != "checkout 3.4 s" {
		t.Errorf("below the last row opens %q", s.Drawer.Title())
	}
}
