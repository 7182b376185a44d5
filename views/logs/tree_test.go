package logs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app/query"
)

// saidOfTree writes rows as text, set in by their depth.
func saidOfTree(rows []treeRow) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%s%s=%s", strings.Repeat("  ", r.depth), r.name, r.value)
		if term, ok := r.term(); ok {
			b.WriteString(" ? " + term)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestParseTree(t *testing.T) {
	for _, c := range []struct{ message, want string }{
		{"plain text", ""}, {"[1,2]", ""}, {`{"a":1} and more`, ""}, {"{}", ""},
		{`{"b":1.50,"a":"x y","n":null,"l":[],"o":{},"t":true,"e":""}`, `b=1.50 ? b:1.50
a=x y ? a:"x y"
n=null
l=[]
o={}
t=true ? t:true
e=
`},
		{`{"order":{"id":"ord-1","lines":[{"sku":7},{"sku":8}]}}`, `order=2 fields
  id=ord-1 ? order.id:ord-1
  lines=2 items
    0=1 field
      sku=7 ? order.lines.sku:7
    1=1 field
      sku=8 ? order.lines.sku:8
`},
		{`{"stack":"Error: it broke\n\tat f (/a.js:1)\r\n"}`, `stack=2 lines ? stack:"Error: it broke*"
  =Error: it broke ? "Error: it broke"
  =    at f (/a.js:1) ? "at f (/a.js:1)"
`},
		{`{"c":"\u001b[31mred\u001b[0m"}`, "c=red ? c:red\n"},
	} {
		rows, more := parseTree(c.message)
		if got := saidOfTree(rows); got != c.want || more {
			t.Errorf("%s:\n%s\nwant\n%s", c.message, got, c.want)
		}
	}
}

// TestTermsFindTheirEvent sees that what a row asks for finds the event that the row is of.
func TestTermsFindTheirEvent(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, message := range []string{
		`{"a":{"b":"it broke"},"n":-1.5e3,"s":"say \"no\"","path":"/login","u":"caf\u00e9"}`,
		`{"stack":"Error: it broke\n\tat f (/a.js:1)"}`,
		`{"long":"` + long + `"}`,
	} {
		rows, _ := parseTree(message)
		for _, r := range rows {
			term, ok := r.term()
			if !ok {
				continue
			}
			asked, err := query.Parse(term)
			if err != nil {
				t.Errorf("%s asks for %s: %v", r.path, term, err)
				continue
			}
			m, err := query.NewMatcher(asked.Match)
			if err != nil || !m.Match(message) {
				t.Errorf("%s of %.60s asks for %s, which does not find it (%v)", r.path, message, term, err)
			}
		}
	}
}

func TestManyRowsAreClosedAtFirst(t *testing.T) {
	many := `[` + strings.Repeat("1,", 40) + `1]`
	rows, _ := parseTree(`{"few":[1,2],"many":` + many + `,"stack":"` + strings.Repeat(`at f\n`, 40) + `"}`)
	seen := openRows(rows, closedAtFirst(rows))
	if got, want := len(seen), 3+1+1+40; got != want {
		t.Errorf("%d rows are seen, want %d: %s", got, want, saidOfTree(seen))
	}
	if rows, more := parseTree(`{"l":[` + strings.Repeat("1,", 2*mostRows) + `1]}`); len(rows) != mostRows || !more {
		t.Errorf("%d rows, more %v", len(rows), more)
	}
}

// FuzzParseTree sees that rows are those of the message whatever it is: each one below another, and none without end.
func FuzzParseTree(f *testing.F) {
	for _, s := range []string{`{"a":[{"b":null},[],{}],"s":"x\ny"}`, `{"a":`, `{"":{"":""}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, message string) {
		rows, _ := parseTree(message)
		for i, r := range rows {
			if r.depth < 0 || i > 0 && r.depth > rows[i-1].depth+1 || i == 0 && r.depth != 0 {
				t.Fatalf("row %d of %q lies %d deep", i, message, r.depth)
			}
			if term, ok := r.term(); ok {
				if _, err := query.Parse(term); err != nil {
					t.Fatalf("row %d of %q asks for %q: %v", i, message, term, err)
				}
			}
		}
	})
}
