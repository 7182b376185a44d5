package shell

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
)

// waterfallOf returns the waterfall that the drawer shows.
func (s *drawerStage) waterfallOf(t *testing.T) *waterfallPicture {
	t.Helper()
	w, ok := find[*waterfallPicture](s.drawer)
	if !ok {
		t.Fatal("the drawer shows no waterfall")
	}
	return w
}

func TestARowOfAWaterfallOpensItsSpan(t *testing.T) {
	shelf, trace := joinedShelf(), slow
	trace.Spans = slices.Clone(slow.Spans)
	for i := range trace.Spans {
		trace.Spans[i].Start, trace.Spans[i].End = slow.Start, slow.Start.Add(time.Second)
	}
	called := &trace.Spans[2]
	called.Start = slow.Start.Add(200 * time.Millisecond)
	called.Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
	called.AWS, called.Annotations = json.RawMessage(`{"operation":"PutItem","retries":3}`), map[string]any{"cart": "c-17"}
	called.Metadata = json.RawMessage(`{"debug":{"attempt":2}}`)
	called.Exceptions = []app.Exception{{Type: "ThroughputExceeded", Message: "slow down", Stack: []app.Frame{{Path: "store.py", Line: 41, Label: "put"}}}}
	shelf.traces = []app.Trace{trace}
	s := newDrawerStage(t, shelf, 900, traceDetails(shelf))
	s.session.Selected.Set(trace)
	w := s.waterfallOf(t)
	w.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(10, 2*barRow+3)}})
	if !w.glow.Visible() || w.glow.Position().Y != 2*barRow {
		t.Errorf("the row below the pointer is lit at %v, %v", w.glow.Position(), w.glow.Visible())
	}
	w.MouseOut()
	test.TapAt(w, fyne.NewPos(10, 2*barRow+3))
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	for _, want := range []string{"Subsegment of orders", "DynamoDB", "THROTTLED", "800 ms, 200 ms into the trace", "table/orders", "ThroughputExceeded: slow down", "put store.py:41",
		"Its trace 3.4 s t", "Its service s", "logs of the trace 2,390 l", "cart c-17", "operation PutItem", "retries 3", "debug.attempt 2"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	s.key(fyne.KeyBackspace)
	if s.drawer.Title() != "checkout 3.4 s" {
		t.Errorf("back leads to %q", s.drawer.Title())
	}
	test.TapAt(s.waterfallOf(t), fyne.NewPos(10, 3*barRow+1)) // below the last row
	if s.drawer.Title() != "checkout 3.4 s" {
		t.Errorf("below the last row opens %q", s.drawer.Title())
	}
}
