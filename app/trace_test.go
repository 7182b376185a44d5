package app_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestParseTraceID(t *testing.T) {
	const id = app.TraceID("1-5fad4cc9-70259536495de84a2a6282cd")
	for text, want := range map[string]app.TraceID{
		"1-5fad4cc9-70259536495de84a2a6282cd":                                               id,
		"1-5FAD4CC9-70259536495DE84A2A6282CD":                                               id,
		"5fad4cc970259536495de84a2a6282cd":                                                  id,
		"5FAD4CC970259536495de84a2a6282cd":                                                  id,
		" 5fad4cc970259536495de84a2a6282cd\n":                                               id,
		"Root=1-5fad4cc9-70259536495de84a2a6282cd;Parent=53995c3f42cd8ad8;Sampled=1":        id,
		"Self=1-67891234-12456789abcdef012345678a;Root=1-5fad4cc9-70259536495de84a2a6282cd": id,
		"00-5fad4cc970259536495de84a2a6282cd-53995c3f42cd8ad8-01":                           id,

		"":                                                        "",
		"1-5fad4cc9-70259536495de84a2a6282":                       "",
		"1-5fad4cc9-70259536495de84a2a6282cdaa":                   "",
		"1-5fad4ccg-70259536495de84a2a6282cd":                     "",
		"5fad4cc970259536495de84a2a6282c":                         "",
		"00000000000000000000000000000000":                        "",
		"1-00000000-000000000000000000000000":                     "",
		"00-00000000000000000000000000000000-53995c3f42cd8ad8-01": "",
		"00-5fad4cc970259536495de84a2a6282cd-53995c3f42cd8ad8":    "",
		"trace": "",
	} {
		got, ok := app.ParseTraceID(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q is read as %q, %v; want %q", text, got, ok, want)
		}
	}
	if id.W3C() != "5fad4cc970259536495de84a2a6282cd" {
		t.Errorf("the W3C form is %s", id.W3C())
	}
}

func FuzzParseTraceID(f *testing.F) {
	f.Add("1-5fad4cc9-70259536495de84a2a6282cd")
	f.Add("5fad4cc970259536495de84a2a6282cd")
	f.Add("Root=1-5fad4cc9-70259536495de84a2a6282cd;Parent=53995c3f42cd8ad8;Sampled=1")
	f.Add("00-5fad4cc970259536495de84a2a6282cd-53995c3f42cd8ad8-01")
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := app.ParseTraceID(text)
		if ok != (id != "") {
			t.Fatalf("%q: %q, %v", text, id, ok)
		}
		if !ok {
			return
		}
		if len(id) != 35 || string(id) != strings.ToLower(string(id)) {
			t.Errorf("%q is read as %q", text, id)
		}
		for _, form := range []string{string(id), id.W3C(), strings.ToUpper(id.W3C()), "Root=" + string(id)} {
			if again, ok := app.ParseTraceID(form); !ok || again != id {
				t.Errorf("%q is read as %q, its form %q as %q", text, id, form, again)
			}
		}
	})
}

func TestTracesAndSpansHaveOneOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) app.Span {
			return app.Span{ID: rapid.StringMatching("[ab]{2}").Draw(t, "id"),
				Start: at(float64(rapid.IntRange(0, 3).Draw(t, "start")))}
		}), 0, 8).Draw(t, "spans")
		app.SortSpans(spans)
		for i := 1; i < len(spans); i++ {
			a, b := spans[i-1], spans[i]
			if a.Start.After(b.Start) || a.Start.Equal(b.Start) && a.ID > b.ID {
				t.Fatalf("%v before %v", a, b)
			}
		}
	})
	early, late := app.Trace{ID: "b", Start: day}, app.Trace{ID: "a", Start: day.Add(time.Second)}
	if app.CompareTraces(early, late) >= 0 || app.CompareTraces(late, early) <= 0 ||
		app.CompareTraces(early, early) != 0 {
		t.Error("traces are ordered by start first")
	}
}
