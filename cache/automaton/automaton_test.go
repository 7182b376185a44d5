package automaton

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

func lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// agree checks a text against package regexp, and that the literal is in every text that matches.
func agree(t interface{ Fatalf(string, ...any) }, expr, text string) {
	a, err := New(expr)
	slow, want := regexp.Compile(expr)
	if (err == nil) != (want == nil) {
		t.Fatalf("%q: %v, package regexp says %v", expr, err, want)
	}
	if err != nil {
		return
	}
	for range 2 { // learning, and knowing
		if got := a.Match([]byte(text)); got != slow.MatchString(text) {
			t.Fatalf("%q on %q: %t", expr, text, got)
		}
	}
	if literal := Literal(expr); slow.MatchString(text) && !strings.Contains(lower(text), literal) {
		t.Fatalf("%q matches %q, which does not hold %q", expr, text, literal)
	}
}

func TestMatchAgreesWithRegexp(t *testing.T) {
	exprs := []string{`a`, ``, `^`, `$`, `^$`, `a|b`, `(ab)+c`, `a{2,4}$`, `^\d{3}-\d+`, `\bword\b`, `\Bx\B`,
		`(?i)Timeout`, `(?i)kS`, `[^a-z]`,
		`.*b$`, `(?s)a.b`, `(?m)^b$`, `(?m)a$`, `\z`, `é+`, `\p{Greek}`, `[[:space:]]end`, `x*y?z`, `(a|ab)(c|bcd)(d*)`,
		`\xff`, `[\x80-\x{10ffff}]`}
	texts := []string{"", "a", "b", "ab", "abc", "ababc", "aaa", "aaaaa", "123-4", "x123-4", "a word here", "sword",
		"axb", "TIMEOUT", "ſKs", "Ks", "kS",
		"a\nb", "a\n", "\nb\n", "é", "ééé", "αβγ", " end", "zz", "abcd", "\xff", "\xe2\x82", "日本"}
	for _, expr := range exprs {
		for _, text := range texts {
			agree(t, expr, text)
		}
	}
}

func TestLiteral(t *testing.T) {
	for expr, want := range map[string]string{
		`timeout`: "timeout", `Time(out)? after`: " after", `^GET /api`: "get /api",
		`(conn)ection (re)?set`: "connection ", `(?i)Error`: "error",
		`(?i)task`: "ta", `a|b`: "", `\d+`: "", `(abc)+`: "abc", `é1`: "é1", `(?i)é1`: "1", `x{3}`: "xxx",
		`[a-z]foo[0-9]`: "foo", `(`: "",
	} {
		if got := Literal(expr); got != want {
			t.Errorf("%s: %q, want %q", expr, got, want)
		}
	}
}

// An expression with more states than are kept answers the same.
func TestTooManyStates(t *testing.T) {
	expr := `(0|1)*1(0|1){14}x`
	a, err := New(expr)
	if err != nil {
		t.Fatal(err)
	}
	slow := regexp.MustCompile(expr)
	bits := rand.New(rand.NewPCG(1, 2))
	for n := range 500 {
		text := strings.TrimLeft(fmt.Sprintf("%064b%064b", bits.Uint64(), bits.Uint64()), "0") +
			strings.Repeat("x", n%2)
		if a.Match([]byte(text)) != slow.MatchString(text) {
			t.Fatalf("%q", text)
		}
	}
	if a.resets == 0 {
		t.Error("the states were not too many")
	}
	if len(a.states) > maxStates {
		t.Errorf("%d states", len(a.states))
	}
}

func FuzzMatch(f *testing.F) {
	f.Add(`(?i)k+\b|^a.$`, "Kelvin a\n")
	f.Add(`(a|b)*c{2,}`, "ababcc")
	f.Fuzz(func(t *testing.T, expr, text string) {
		if len(expr) > 100 || len(text) > 1000 {
			t.Skip("long")
		}
		agree(t, expr, text)
	})
}

// Budget: a gigabyte in two seconds, on one core.
func BenchmarkMatch(b *testing.B) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, `{"level":"INFO","requestId":"%08x-0000-4000-8000-%012x","message":"order %d `+
			`accepted","durationMs":%d}`+"\n", i*2654435761, i, i, i%977)
	}
	messages := strings.SplitAfter(text.String(), "\n")
	for _, expr := range []string{`\d{4}ms`, `(?i)err(or)?s? in`, `user=\w+@\w+`} {
		b.Run(expr, func(b *testing.B) {
			a, err := New(expr)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(text.Len()))
			for b.Loop() {
				for _, m := range messages {
					if a.Match([]byte(m)) {
						b.Fatal(m)
					}
				}
			}
		})
	}
}
