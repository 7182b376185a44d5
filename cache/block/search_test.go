package block

import (
	"encoding/binary"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

func resum(column []byte) []byte {
	body := column[:len(column)-4]
	return binary.LittleEndian.AppendUint32(slices.Clone(body), crc32.Checksum(body, castagnoli))
}

func genTerm() *rapid.Generator[app.LogTerm] {
	text := rapid.OneOf(rapid.SampledFrom([]string{"timeout", "Timeout after", "out", "500", "größe", "r", "\n",
		"5fad4cc9", "e",
		"café", "CAFÉ", "Σίσυφος", "σίσυφοσ", "/a", "https://x", "<nil>", `\`, `C:\T`, `"no"`, "disk status", "status=",
		"31m", "u001b", "k", "\u212a"}), rapid.StringN(0, 3, -1))
	return rapid.Custom(func(t *rapid.T) app.LogTerm {
		term := app.LogTerm{Text: text.Draw(t, "text"), Not: rapid.IntRange(0, 3).Draw(t, "not") == 0}
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			term.Field = rapid.SampledFrom([]string{"Status", "user.id", "log.user.id", "msg", "id", "größe",
				"r.id"}).Draw(t, "field")
			if rapid.IntRange(0, 2).Draw(t, "compares") == 0 {
				term.Op = rapid.SampledFrom([]app.Comparison{app.More, app.AtLeast, app.Less, app.AtMost}).Draw(t, "op")
				term.Text = rapid.SampledFrom([]string{"42", "403.5", "500", "1s", "250ms"}).Draw(t, "number")
				break
			}
			term.Text = rapid.SampledFrom([]string{"500", "50", "5*", "404", "*", "", "café", "Caf*", "GRÖSSE", `c:\t*`,
				"/a", "42"}).Draw(t, "value")
		case 1:
			term.Regexp, term.Text = true, rapid.SampledFrom(
				[]string{"Time.ut", "(?i)timeout", `status\W+\d+`, "^T", "s$", `\b50\b`, "a|TIMEOUT", "(?i)k",
					"done$", "^job done$", "café", "(?i)CAFÉ$", "https://x", "status=500", `"no"`}).Draw(t, "expr")
		}
		return term
	})
}

// genExpr draws terms, or expressions of some.
func genExpr(t *rapid.T, depth int) app.LogExpr {
	op := app.LogOp(rapid.IntRange(0, 5).Draw(t, "op"))
	if op >= app.ExprTerm || depth == 0 {
		if rapid.IntRange(0, 5).Draw(t, "of the event") == 0 {
			return genKeyTerm.Draw(t, "key").Expr()
		}
		return genTerm().Draw(t, "term").Expr()
	}
	var parts []app.LogExpr
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		parts = append(parts, genExpr(t, depth-1))
	}
	switch op {
	case app.ExprOr:
		return app.AnyOf(parts...)
	case app.ExprNot:
		return app.NotOf(app.AllOf(parts...))
	}
	return app.AllOf(parts...)
}

var genKeyTerm = rapid.Custom(func(t *rapid.T) app.LogTerm {
	term := rapid.SampledFrom([]app.LogTerm{{Key: app.KeyLevel, Text: "warn"}, {Key: app.KeyLevel, Text: "error"},
		{Key: app.KeyStream, Text: "a"}, {Key: app.KeyStream, Text: "*"}, {Key: app.KeyStream, Text: ""},
		{Key: app.KeyTrace, Text: "1-5fad4cc9-70259536495de84a2a6282cd"}, {Key: app.KeyRequest, Text: "r-1"},
	}).Draw(t, "key")
	term.Not = rapid.Bool().Draw(t, "not")
	return term
})

// Find finds what query.Matcher finds, and no filter rules out a block with a match.
func TestSearchAgreesWithMatcher(t *testing.T) {
	p, u := NewPacker(), NewUnpacker()
	rapid.Check(t, func(t *rapid.T) {
		events := genEvents(t)
		terms := genExpr(t, 3)
		level := app.Level(rapid.IntRange(0, 4).Draw(t, "level"))
		from := rapid.IntRange(0, len(events)).Draw(t, "from")
		end := rapid.IntRange(from, len(events)).Draw(t, "end")
		matcher, err := query.NewMatcher(terms)
		if err != nil {
			t.Fatal(err)
		}
		var want []int32
		for i, e := range events[from:end] {
			if e.Level >= level && matcher.MatchEvent(e) {
				want = append(want, int32(from+i))
			}
		}
		s, err := NewSearch(terms, level)
		if err != nil {
			t.Fatal(err)
		}
		b := p.Pack(events)
		if _, err := u.Events(&b); err != nil {
			t.Fatal(err)
		}
		if got := s.Find(u, from, end, nil); !slices.Equal(got, want) {
			t.Fatalf("%v in %q from %d to %d: %v, want %v", terms, u.Text.Folded, from, end, got, want)
		}
		f, err := u.OpenFilter(b.Filter)
		if err != nil || !s.MayMatch(&Summary{Filter: f, Levels: b.Levels}) && len(want) > 0 {
			t.Fatalf("the filter rules out %v, %v", terms, err)
		}
		if got := s.Find(u, from, end, nil); len(want) > 0 && !slices.Equal(got, want) {
			t.Fatalf("%v in %q with its filter: %v, want %v", terms, u.Text.Folded, got, want)
		}
	})
}

// A filter that rules nothing out would pass every test of finding.
func TestFilterRulesOut(t *testing.T) {
	p, u := NewPacker(), NewUnpacker()
	random := rand.New(rand.NewPCG(1, 2))
	var events []app.LogEvent
	for range 1000 {
		var m strings.Builder
		for range 20 {
			m.WriteString(words[random.IntN(len(words))] + " ")
		}
		for range 2 { // ids of 64 bits
			m.WriteString(hex(random.Uint64()) + " ")
		}
		events = append(events, app.LogEvent{Message: m.String()})
	}
	b := p.Pack(events)
	f, err := u.OpenFilter(b.Filter)
	if err != nil {
		t.Fatal(err)
	}
	passed := 0
	for range 1000 {
		s, err := NewSearch(app.LogTerm{Text: hex(random.Uint64())}.Expr(), 0)
		if err != nil {
			t.Fatal(err)
		}
		if s.MayMatch(&Summary{Filter: f}) {
			passed++
		}
	}
	if passed > 2 {
		t.Errorf("%d of 1000 ids that are not there pass", passed)
	}
	if share := float64(len(b.Filter)) / float64(b.Size); share > 0.15 {
		t.Errorf("the filter has %.2f of the text's size", share)
	}
}

var words = strings.Fields("order payment checkout cart user session connection reset accepted queue worker " +
	"inventory price shipping label")

func hex(n uint64) string {
	const digits = "0123456789abcdef"
	b := make([]byte, 16)
	for i := range b {
		b[i] = digits[n>>(4*i)&15]
	}
	return string(b)
}

// Budget: 4 GB/s for a frequent word, on one core.
func BenchmarkFind(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var events []app.LogEvent
	for range 1000 {
		m := `{"level":"INFO","requestId":"` + hex(random.Uint64()) + `","message":"`
		for range 20 {
			m += words[random.IntN(len(words))] + " "
		}
		events = append(events, app.LogEvent{Message: m + `","status":200}`})
	}
	u := NewUnpacker()
	packed := NewPacker().Pack(events)
	if _, err := u.Events(&packed); err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{"payment", "nowhere", "status:500", "status:200", "connection reset", "e", "café",
		"платёж", `"\"status\":200"`, `"inventory/price"`} {
		b.Run(text, func(b *testing.B) {
			q, err := query.Parse(text)
			if err != nil {
				b.Fatal(err)
			}
			s, err := NewSearch(q.Match, 0)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(packed.Size))
			var matches []int32
			for b.Loop() {
				matches = s.Find(u, 0, u.Text.Len(), matches[:0])
			}
		})
	}
}

// Budget: 100 MB/s on one core, which is 400,000 events a second.
func BenchmarkPack(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	var events []app.LogEvent
	size := 0
	for i := range 1000 {
		m := `{"level":"INFO","requestId":"` + hex(random.Uint64()) + `","message":"`
		for range 20 {
			m += words[random.IntN(len(words))] + " "
		}
		size += len(m)
		events = append(events, app.LogEvent{ID: hex(random.Uint64()), At: epoch.Add(1e9 * 1), Ingested: epoch,
			Message: m, Stream: words[i%3]})
	}
	p := NewPacker()
	b.SetBytes(int64(size))
	for b.Loop() {
		p.Pack(events)
	}
}
