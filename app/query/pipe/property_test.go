package pipe

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// A query that is parsed is written so that it is parsed to the same.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "fields @timestamp, `a-b` as c | filter c like /x\\/y/ and not (d in [1, \"2\"]) | sort c desc | limit 5",
		`parse "a * b" as x | stats count(*), pct(x, 99) as p by bin(5m), x | dedup x`, "filter -2 ^ 3 = a.b[1].`c d`",
		"pattern @message", "fields 1e30, 0.5, case(a, 1, 2) # end", "parse a /(?<n>.)/ | display n * 2",
		"filter not not a = b | stats sum(a) / count(*) by c | sort count(*)", `fields a =~ "x", true, 'it''s'`,
	} {
		f.Add(text)
	}
	message := event(1, `{"a":{"b":[1,{"c d":"x"}]},"x":"5"}`)
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(text)
		if err != nil {
			if at := err.(*Error).At; at < 0 || at > len(text) {
				t.Fatalf("%q: an error at %d", text, at)
			}
			return
		}
		again, err := Parse(q.String())
		if err != nil && len(q.String()) < maxText {
			t.Fatalf("%q is written %q: %v", text, q, err)
		}
		if err == nil && again.String() != q.String() {
			t.Fatalf("%q is written %q and then %q", text, q, again)
		}
		run := q.Start(Options{Now: noon})
		run.Add(&message)
		if table := run.Table(); len(table.Rows) > 0 && len(table.Rows[0]) != len(table.Columns) {
			t.Fatalf("%q: %d values in %d columns", text, len(table.Rows[0]), len(table.Columns))
		}
	})
}

// What the finder finds in JSON is what encoding/json reads there, and damaged JSON does it no harm.
func TestFinderReadsAsEncodingJSON(t *testing.T) {
	keys := rapid.SampledFrom([]string{"a", "b", "a.b", "é", `q"`})
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		leaf := rapid.OneOf(rapid.Map(rapid.String(), func(s string) any { return strings.ToValidUTF8(s, "?") }),
			rapid.Map(rapid.IntRange(-9, 99), func(n int) any { return n }), rapid.Just[any](nil),
			rapid.Map(rapid.Bool(), func(b bool) any { return b }))
		if depth == 0 {
			return leaf
		}
		return rapid.OneOf(leaf, rapid.Map(rapid.SliceOfN(value(depth-1), 0, 3), func(l []any) any { return l }),
			rapid.Map(rapid.MapOfN(keys, value(depth-1), 0, 3), func(m map[string]any) any { return m }))
	}
	rapid.Check(t, func(t *rapid.T) {
		object := rapid.MapOfN(keys, value(3), 0, 4).Draw(t, "object")
		text, err := json.MarshalIndent(object, "", rapid.SampledFrom([]string{"", " "}).Draw(t, "indent"))
		if err != nil {
			t.Fatal(err)
		}
		flat := map[string][]string{}
		flatten("", object, flat)
		var names []string
		for name := range flat {
			if name != "" {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		names = append(names, "missing", "a.missing")
		found := make([]Value, len(names))
		find(string(text), newNames(names), found)
		for i, name := range names {
			want := flat[name] // several: a.b is a key, and b in a
			if found[i].is(None) && len(want) == 0 || slices.Contains(want, found[i].String()) {
				continue
			}
			t.Fatalf("%s in %s is %q, want one of %q", name, text, found[i], want)
		}
		cut := rapid.IntRange(0, len(text)).Draw(t, "cut")
		find(string(text[:cut]), newNames(names), found)
	})
}

func flatten(name string, v any, into map[string][]string) {
	below := func(key string) string { return strings.TrimPrefix(name+"."+key, ".") }
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			if name == "" {
				flatten(key, one, into)
			} else {
				flatten(name+"."+key, one, into)
			}
		}
	case []any:
		for i, one := range v {
			flatten(below(strconv.Itoa(i)), one, into)
		}
	case bool:
		into[name] = append(into[name], boolOf(v).String())
	case nil:
	default:
		into[name] = append(into[name], fmt.Sprint(v))
	}
}

// The functions of stats agree with what a loop over all values says, however the rows are grouped.
func TestStatsAgreesWithALoop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(-50, 50), 1, 60).Draw(t, "values")
		groups := map[string][]float64{}
		q, err := Parse("stats count(*), sum(v), min(v), max(v), avg(v), pct(v, 90), count_distinct(v) by g | sort g")
		if err != nil {
			t.Fatal(err)
		}
		run := q.Start(Options{})
		for i, v := range values {
			g := strconv.Itoa(i * v % 3)
			groups[g] = append(groups[g], float64(v))
			e := event(i, fmt.Sprintf(`{"g":"%s","v":%d}`, g, v))
			run.Add(&e)
		}
		table := run.Table()
		if len(table.Rows) != len(groups) {
			t.Fatalf("%d groups, want %d", len(table.Rows), len(groups))
		}
		for _, row := range table.Rows {
			all := slices.Sorted(slices.Values(groups[row[0].String()]))
			sum := 0.0
			for _, n := range all {
				sum += n
			}
			n := float64(len(all))
			want := []float64{n, sum, all[0], all[len(all)-1], sum / n, all[int(math.Ceil(0.9*n))-1],
				float64(len(slices.Compact(slices.Clone(all))))}
			for i, w := range want {
				if got, _ := row[i+1].Number(); math.Abs(got-w) > 1e-9 {
					t.Fatalf("%s of %v is %v, want %v", table.Columns[i+1].Name, all, got, w)
				}
			}
		}
	})
}

// A sort that keeps the first rows only gives the rows of one that keeps all.
func TestSortWithALimitIsTheBeginningOfTheSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.IntRange(0, 9), 0, 60).Draw(t, "values")
		most := rapid.IntRange(1, 10).Draw(t, "limit")
		rows := func(text string) []string {
			q, err := Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			run := q.Start(Options{})
			for i, v := range values {
				e := app.LogEvent{ID: strconv.Itoa(i), Message: fmt.Sprintf(`{"v":%d}`, v)}
				run.Add(&e)
			}
			return linesOf(run.Table())
		}
		all, some := rows("fields v, @ptr | sort v desc"),
			rows(fmt.Sprintf("fields v, @ptr | sort v desc | limit %d", most))
		if !slices.Equal(all[:min(len(all), most+1)], some) {
			t.Fatalf("%q, want the beginning of %q", some, all)
		}
	})
}
