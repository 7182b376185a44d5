package timeline

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
)

func TestMatchingOffers(t *testing.T) {
	all := offers(placed(shop, writes, failures, iterator), []app.LogGroup{{Scope: shop, Name: "/aws/lambda/orders"}},
		presets)
	for text, want := range map[string]int{"": 4, "ORDERS": 3, "orders writes": 1, "kinesis": 1, "logs": 1,
		"eu-west-1 5xx": 1, "nothing": 0} {
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

func TestOffersOfTheSameWordsAreToldApart(t *testing.T) {
	other := app.Scope{Account: "444455556666", Region: "us-east-1"}
	all := app.NewMetric("AWS/ApiGateway", "Latency", app.Dimension{Name: "ApiName", Value: "checkout"})
	found := offers(append(placed(shop, latency, all), placed(other, latency)...), nil, presets)
	seen := map[string]bool{}
	for _, o := range found {
		if said := o.words + o.where + o.place; seen[said] {
			t.Errorf("%q is offered twice", said)
		} else {
			seen[said] = true
		}
	}
	if o := found[1]; o.where != "API Gateway Latency · Stage prod" || o.place != "eu-west-1 · 111122223333" {
		t.Errorf("the second is %+v", o)
	}
}

func TestKeysChooseInTheSheet(t *testing.T) {
	s := open(t, incident(), full, dark)
	sheet := newAddSheet(s.View, s.window.Canvas())
	for range 10 {
		sheet.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if sheet.at != 10 || sheet.first != 3 || len(sheet.rows.Objects) != addRows {
		t.Fatalf("ten down is %d, the first shown %d", sheet.at, sheet.first)
	}
	sheet.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	want := sheet.found[9].lane.Key()
	sheet.field.OnSubmitted("")
	if s.field.scene.board.Find(want) < 0 {
		t.Errorf("Enter added none of %q", want)
	}
	sheet = newAddSheet(s.View, s.window.Canvas())
	sheet.field.SetText("checkout/prod traces")
	sheet.field.OnSubmitted("")
	if i := s.field.scene.board.Find(app.Lane{Kind: app.TraceLane, Services: []string{"checkout/prod"}}.Key()); i < 0 {
		t.Error("there are no lanes of services")
	}
}

func TestTheSheetSaysWhyNothingIsListed(t *testing.T) {
	s := open(t, &stored{}, full, dark)
	sheet := newAddSheet(s.View, s.window.Canvas())
	if !strings.HasPrefix(sheet.words(), "Nothing is cached yet") {
		t.Errorf("with nothing cached it says %q", sheet.words())
	}
	s = open(t, incident(), full, dark)
	sheet = newAddSheet(s.View, s.window.Canvas())
	sheet.field.SetText("no such thing")
	if !strings.Contains(sheet.words(), "these words") {
		t.Errorf("where nothing is found it says %q", sheet.words())
	}
}

func TestSeveralMetricsInALane(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.choose(slices.Index(s.laneNames(), "orders-stream age"))
	join := func(text string) lane.Lane {
		sheet := newAddSheet(s.View, s.window.Canvas())
		sheet.field.SetText(text)
		if !strings.Contains(sheet.words(), "Ctrl+Enter draws it in orders-stream age") {
			t.Fatalf("the sheet says %q", sheet.words())
		}
		sheet.field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
		return s.field.scene.rows[s.row].lane
	}
	how := s.field.scene.rows[s.row].lane.Head().Measures
	h := join("checkout latency").Head()
	if len(h.Keys) != 2 || h.Keys[1].Top != "" || h.Measures != how {
		t.Fatalf("of the same unit: %+v, it measures %q", h.Keys, h.Measures)
	}
	l := join("checkout 5xx")
	h = l.Head()
	if len(h.Keys) != 3 || h.Keys[1].Top != "" || h.Keys[2].Top != " to 150" ||
		h.Measures != "each unit on its own scale" {
		t.Fatalf("of another unit: %+v, it measures %q", h.Keys, h.Measures)
	}
	if got := l.Readout(ago(13.5), 0); got != "8 min 24 s · checkout latency 623 ms · checkout 5xx error 90" {
		t.Errorf("it reads %q", got)
	}
	inks := map[string]bool{}
	for _, k := range h.Keys {
		inks[string(k.Ink)] = true
	}
	if len(inks) != 3 || h.Keys[2].Word+h.Keys[2].Top != "checkout 5xx error to 150" {
		t.Errorf("its series are %+v", h.Keys)
	}
	if n := len(s.field.scene.board.Lanes[s.row].More); n != 2 {
		t.Errorf("the board keeps %d more", n)
	}
	s.types("u")
	if h = s.field.scene.rows[s.row].lane.Head(); len(h.Keys) != 2 {
		t.Errorf("undone, there are %d series", len(h.Keys))
	}
}
