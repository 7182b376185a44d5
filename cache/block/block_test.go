package block

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

var epoch = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

const someTrace = "1-5fad4cc9-70259536495de84a2a6282cd"

// genMessage makes messages out of parts that meet: words in several cases, fields, ids, and whatever else there is.
func genMessage() *rapid.Generator[string] {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{"timeout", "Timeout", "TIMEOUT AFTER", `"status":500`, "status=404", "status: 50",
			"größe", "GRÖSSE", "日本", "\n\tat x",
			someTrace, "Root=5FAD4CC970259536495DE84A2A6282CD", "5fad4cc970259536495de84a2a6282cd", "req-1", "K",
			"\u212a", "\xff",
			`{"msg":"caf\u00e9","user":{"id":500}}`,
			`{"msg":"CAF\u00C9 \"no\"","path":"C:\\Temp","url":"https:\/\/x\/a"}`,
			`"log":"{\"user\":{\"id\":42},\"msg\":\"caf\\u00e9\"}"`,
			`{"log":"{\"user\":{\"id\":42},\"status\":500}"}`, "{\"user\":{\"id\":", `"größe":"größe"`, "\\u003cnil>",
			"<nil>", "disk \x1b[1mstatus\x1b[22m=\x1b[36m500\x1b[39m",
			`disk\u001b[0m status\u001b[1m:500`, `\u005cu001b[1m`, "\x1b", "\x1b[", "\\", "\\u", "job done\n",
			"job done", "done\r\n", "ΣΊΣΥΦΟΣ σίσυφος", "café"}),
		rapid.String(), rapid.StringMatching(`[ -~]{0,12}`))
	return rapid.Map(rapid.SliceOfN(part, 0, 4), func(parts []string) string { return strings.Join(parts, " ") })
}

func genEvent() *rapid.Generator[app.LogEvent] {
	return rapid.Custom(func(t *rapid.T) app.LogEvent {
		at := epoch.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "at")) * time.Millisecond)
		if rapid.IntRange(0, 20).Draw(t, "far") == 0 {
			at = time.UnixMilli(rapid.Int64Range(-1<<45, 1<<45).Draw(t, "ms")).UTC()
		}
		return app.LogEvent{
			ID:     rapid.StringMatching(`[0-9a-z]{0,8}|[0-9]{56}|0{30}[0-9]{26}`).Draw(t, "id"),
			Stream: rapid.SampledFrom([]string{"", "a", "[$LATEST]b"}).Draw(t, "stream"),
			At:     at, Ingested: at.Add(time.Duration(rapid.Int64Range(-1e9, 1e9).Draw(t, "late")) * time.Millisecond),
			Message: genMessage().Draw(t, "message"),
			LogFacts: app.LogFacts{
				Level: app.Level(rapid.IntRange(0, 4).Draw(t, "level")),
				TraceID: app.TraceID(rapid.SampledFrom(
					[]string{"", someTrace, "1-5FAD4CC9-70259536495de84a2a6282cd", "odd"}).Draw(t, "trace")),
				RequestID: rapid.SampledFrom([]string{"", "req-1", "REQ-1", "elsewhere"}).Draw(t, "request"),
			},
		}
	})
}

func genEvents(t *rapid.T) []app.LogEvent {
	events := rapid.SliceOfN(genEvent(), 1, 20).Draw(t, "events")
	slices.SortFunc(events, Compare)
	return events
}

func TestRoundTrip(t *testing.T) {
	p, u := NewPacker(), NewUnpacker()
	rapid.Check(t, func(t *rapid.T) {
		events := genEvents(t)
		b := p.Pack(events)
		got, err := u.Events(&b)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(events, got); d != "" {
			t.Fatal(d)
		}
		size, levels := 0, [5]int{}
		for i, e := range events {
			size += len(e.Message)
			levels[e.Level]++
			if !u.HasID(e.At.UnixMilli(), e.ID) {
				t.Fatalf("event %d is not found by its id", i)
			}
		}
		if u.HasID(events[0].At.UnixMilli(), "nobody's") {
			t.Fatal("an id is found that is not there")
		}
		if b.Events != len(events) || b.Size != size || b.Levels != levels ||
			b.First != events[0].At.UnixMilli() || b.Last != events[len(events)-1].At.UnixMilli() {
			t.Fatalf("%d events of %d bytes with levels %v from %d to %d", b.Events, b.Size, b.Levels, b.First, b.Last)
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct{ events, size int }{{1, 0}, {1, 3 * Target}, {10_000, 0}, {10_000, 1}, {1000, 250},
		{1500, 250}, {9000, 250}, {3, Target}, {maxEvents, 10}, {maxEvents + 1, 10}} {
		events := make([]app.LogEvent, c.events)
		for i := range events {
			events[i] = app.LogEvent{ID: fmt.Sprint(i), Message: strings.Repeat("x", c.size)}
		}
		runs := Split(events)
		if d := cmp.Diff(events, slices.Concat(runs...)); d != "" {
			t.Fatalf("%v: the runs are not the events", c)
		}
		for i, r := range runs {
			if n := len(r) * c.size; len(r) > maxEvents || n > 2*Target && len(r) > 1 || i+1 < len(runs) &&
				n < Target/2 && len(r) < maxEvents {
				t.Errorf("%v: run %d of %d has %d events and %d bytes", c, i, len(runs), len(r), n)
			}
		}
	}
}

func TestLower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[@-\[`+"`"+`-{é ]{0,100}`), genMessage()).Draw(t, "text")
		got := []byte(text)
		marks := lower(got)
		if string(got) != app.Fold(text) {
			t.Fatalf("%q is lowered to %q", text, got)
		}
		for i := range text {
			if capital := 'A' <= text[i] && text[i] <= 'Z'; capital != (marks[i/8]>>(i%8)&1 == 1) {
				t.Fatalf("%q: the mark of byte %d is wrong", text, i)
			}
		}
	})
}

// What is not as it was packed is found out, or is as it was packed after all.
func TestDamage(t *testing.T) {
	p, u := NewPacker(), NewUnpacker()
	rapid.Check(t, func(t *rapid.T) {
		events := genEvents(t)
		b := p.Pack(events)
		column := rapid.SampledFrom([]*[]byte{&b.Times, &b.Text, &b.Capitals, &b.Rest, &b.Filter}).Draw(t, "column")
		*column = slices.Clone(*column)
		if rapid.Bool().Draw(t, "cut") {
			*column = (*column)[:rapid.IntRange(0, len(*column)-1).Draw(t, "length")]
		} else {
			(*column)[rapid.IntRange(0, len(*column)-1).Draw(t, "at")] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		}
		_, err := u.Events(&b)
		if err == nil {
			_, err = u.OpenFilter(b.Filter)
		}
		if !errors.Is(err, ErrDamaged) {
			t.Fatalf("%v", err)
		}
	})
}

// A column may come from a stranger, with a good sum: it is opened or refused, and memory stays bounded.
func FuzzOpen(f *testing.F) {
	p := NewPacker()
	b := p.Pack([]app.LogEvent{{ID: "1", At: epoch, Ingested: epoch, Message: "Timeout " + someTrace,
		LogFacts: app.LogFacts{TraceID: someTrace}}})
	for _, column := range [][]byte{b.Times, b.Text, b.Capitals, b.Rest, b.Filter} {
		f.Add(column[0], column[2:len(column)-4])
	}
	u := NewUnpacker()
	f.Fuzz(func(t *testing.T, how byte, raw []byte) {
		if len(raw) > 1<<16 {
			t.Skip("long")
		}
		column := p.seal(stored, raw)
		if how != stored { // packed bytes that are not what they say
			column = p.seal(stored, append([]byte{}, raw...))
			column[0] = how
			column = resum(column)
		}
		times, text := u.OpenTimes(column), u.OpenText(column)
		if text == nil {
			_ = u.Restore(b.Capitals)
		}
		rest := u.OpenRest(column)
		block := Block{Times: column, Text: column, Capitals: column, Rest: column}
		_, whole := u.Events(&block)
		for _, err := range []error{times, text, rest, whole} {
			if err != nil && !errors.Is(err, ErrDamaged) {
				t.Fatal(err)
			}
		}
	})
}
