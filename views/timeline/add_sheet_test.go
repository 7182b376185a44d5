package timeline

import (
	"slices"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestMatchingOffers(t *testing.T) {
	all := offers([]placed{{shop, writes}, {shop, failures}, {shop, iterator}}, []app.LogGroup{{Scope: shop, Name: "/aws/lambda/orders"}}, presets)
	for text, want := range map[string]int{"": 4, "ORDERS": 3, "orders writes": 1, "kinesis": 1, "logs": 1, "eu-west-1 5xx": 1, "nothing": 0} {
		if got := matching(all, text, 9); len(got) != want {
			t.Errorf("%q finds %v, want %d", text, got, want)
		}
	}
	if got := matching(all, "", 2); len(got) != 2 {
		t.Errorf("of at most two there are %d", len(got))
	}
}

func TestTheSheetAddsALane(t *testing.T) {
	cache := incident()
	cache.groups = []app.LogGroup{{Scope: shop, Name: "/aws/lambda/orders"}}
	s := open(t, cache, full, dark)
	sheet := newAddSheet(s.View, s.window.Canvas())
	sheet.field.SetText("lambda ord")
	sheet.field.OnSubmitted(sheet.field.Text)
	if !slices.Contains(s.laneNames(), "orders logs") || !sheet.Hidden {
		t.Errorf("there are %q", s.laneNames())
	}
	sheet = newAddSheet(s.View, s.window.Canvas())
	sheet.field.SetText("nothing of that name")
	before := s.laneNames()
	sheet.field.OnSubmitted(sheet.field.Text)
	if !slices.Equal(s.laneNames(), before) || len(sheet.rows.Objects) != 0 {
		t.Errorf("what is not found adds %q", s.laneNames())
	}
}
