package query

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func is(text string) app.LogExpr { return app.LogTerm{Text: text}.Expr() }

func TestParseJoinsConditions(t *testing.T) {
	a, b, c := is("a"), is("b"), is("c")
	not := app.NotOf
	level := app.LogTerm{Key: app.KeyLevel, Text: "error"}.Expr()
	took := app.LogTerm{Field: "took", Op: app.AtLeast, Text: "1.5s"}.Expr()
	for text, want := range map[string]app.LogExpr{
		"a OR b":         app.AnyOf(a, b),
		"a b OR c":       app.AnyOf(app.AllOf(a, b), c),
		"a AND b OR c":   app.AnyOf(app.AllOf(a, b), c),
		"a (b OR c)":     app.AllOf(a, app.AnyOf(b, c)),
		"(a OR b) AND c": app.AllOf(app.AnyOf(a, b), c),
		"(((a)))":        a,
		"a AND (b c)":    app.AllOf(a, b, c),
		"a OR (b OR c)":  app.AnyOf(a, b, c),
		"NOT a":          not(a),
		"NOT -a":         a,
		"NOT NOT a b":    app.AllOf(a, b),
		"NOT(a OR b)":    not(app.AnyOf(a, b)),
		"-(a b) c":       app.AllOf(not(app.AllOf(a, b)), c),
		"-(a OR -(b c))": not(app.AnyOf(a, not(app.AllOf(b, c)))),
		"a or b and not": app.MatchAll(app.LogTerm{Text: "a"}, app.LogTerm{Text: "or"},
			app.LogTerm{Text: "b"}, app.LogTerm{Text: "and"}, app.LogTerm{Text: "not"}),
		`"OR" "NOT" ORDER`:       app.AllOf(is("OR"), is("NOT"), is("ORDER")),
		"main() OR f(x)":         app.AnyOf(is("main()"), is("f(x)")),
		"(main() OR f(x)(y)) ()": app.AllOf(app.AnyOf(is("main()"), is("f(x)(y)")), is("()")),
		"a) b":                   app.AllOf(is("a)"), b),
		`(/x (y|z)/ OR a)`:       app.AnyOf(app.LogTerm{Text: "x (y|z)", Regexp: true}.Expr(), a),
		`("a)" OR "b (")`:        app.AnyOf(is("a)"), is("b (")),
		"took>=1.5s":             took,
		`"took">=1.5s`:           took,
		`"my size"<5 OR a`:       app.AnyOf(app.LogTerm{Field: "my size", Op: app.Less, Text: "5"}.Expr(), a),
		"a>b x>=<nil> ->c": app.MatchAll(app.LogTerm{Text: "a>b"}, app.LogTerm{Text: "x>=<nil>"},
			app.LogTerm{Text: ">c", Not: true}),
		"level:error OR a":       app.AnyOf(level, a),
		"-level:ERR":             not(level),
		"stream:abc* a":          app.AllOf(app.LogTerm{Key: app.KeyStream, Text: "abc*"}.Expr(), a),
		"@logStream:s":           app.LogTerm{Key: app.KeyStream, Text: "s"}.Expr(),
		"region:eu-west-1 OR -b": app.AnyOf(app.LogTerm{Key: app.KeyRegion, Text: "eu-west-1"}.Expr(), not(b)),
		`"region":eu-west-1`:     app.LogTerm{Field: "region", Text: "eu-west-1"}.Expr(),
		"account:1* OR group:g": app.AnyOf(app.LogTerm{Key: app.KeyAccount, Text: "1*"}.Expr(),
			app.LogTerm{Key: app.KeyGroup, Text: "g"}.Expr()),
		`"" OR a`:              a,
		`a NOT "" ("")`:        a,
		"a | b":                app.AllOf(a, is("|"), b),
		"a (\tb\nOR\tc ) ":     app.AllOf(a, app.AnyOf(b, c)),
		"a OR b OR -c AND (d)": app.AnyOf(a, b, app.AllOf(not(c), is("d"))),
		"group:a* -group:abc": app.AllOf(app.LogTerm{Key: app.KeyGroup, Text: "a*"}.Expr(),
			app.LogTerm{Key: app.KeyGroup, Text: "abc", Not: true}.Expr()),
		"a -OR":               app.AllOf(a, not(is("OR"))),
		"request:r request:s": app.LogTerm{Key: app.KeyRequest, Text: "s"}.Expr(),
		"level>30 OR group<-1.5e3": app.AnyOf(app.LogTerm{Field: "level", Op: app.More, Text: "30"}.Expr(),
			app.LogTerm{Field: "group", Op: app.Less, Text: "-1.5e3"}.Expr()),
	} {
		got, err := Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if d := cmp.Diff(want, got.Match); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

func TestParseSaysWhere(t *testing.T) {
	for text, want := range map[string]struct {
		at, end int
		said    string
	}{
		"a OR":          {4, 4, "OR has no condition after it"},
		"OR a":          {0, 2, "OR has no condition before it"},
		"a AND OR b":    {6, 6, "AND has no condition after it"},
		"a (AND b)":     {3, 6, "AND has no condition before it"},
		"a NOT":         {5, 5, "NOT has no condition after it"},
		"x (a OR )":     {8, 8, "OR has no condition after it"},
		"ab (c OR d":    {3, 4, "the parenthesis is not closed"},
		"ä level:loud":  {3, 13, "level is debug, info, warn or error"},
		`x "half`:       {2, 7, "quotation mark without its other half"},
		"a -trace:1":    {2, 10, "is not a trace id"},
		"a (b OR /c(/)": {8, 12, "is not a regular expression"},
	} {
		_, err := Parse(text)
		var e *Error
		if !errors.As(err, &e) || e.At != want.at || e.End != want.end || !strings.Contains(e.Error(), want.said) {
			t.Errorf("%q: %+v, want %+v", text, e, want)
		}
	}
}

// genExpr draws an expression in the form that the constructors make.
func genExpr(t *rapid.T, depth int) app.LogExpr {
	text := rapid.StringMatching(`[a-zA-Z0-9 "\\:/=*.{}<>()-]{1,6}|AND|OR|NOT`)
	op := app.LogOp(rapid.IntRange(0, 5).Draw(t, "op"))
	if op >= app.ExprTerm || depth == 0 {
		term := rapid.OneOf(
			rapid.Map(text, func(s string) app.LogTerm { return app.LogTerm{Text: s} }),
			rapid.Map(text, func(s string) app.LogTerm { return app.LogTerm{Text: s, Field: "status"} }),
			rapid.Map(text, func(s string) app.LogTerm { return app.LogTerm{Text: "1.5ms", Op: app.Less, Field: s} }),
			rapid.Map(text, func(s string) app.LogTerm { return app.LogTerm{Key: app.KeyStream, Text: s} }),
			rapid.Just(app.LogTerm{Key: app.KeyLevel, Text: "warn"}),
		).Draw(t, "term")
		term.Not = rapid.Bool().Draw(t, "not")
		return term.Expr()
	}
	var parts []app.LogExpr
	for range rapid.IntRange(2, 3).Draw(t, "parts") {
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

// An expression is read back as it was written.
func TestExprRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := genExpr(t, 3)
		got, err := parse(FormatExpr(e), fieldRules{})
		if err != nil || !got.Equal(e) {
			t.Fatalf("%#v is written as %s and read as %#v, %v", e, FormatExpr(e), got, err)
		}
		s := searchOf(e)
		if again, err := Parse(s.String()); err != nil || !cmp.Equal(again, s) {
			t.Fatalf("%#v is written as %s and read as %#v, %v", s, s.String(), again, err)
		}
	})
}

func TestMatchEvent(t *testing.T) {
	e := app.LogEvent{Scope: app.Scope{Account: "111111111111", Region: "eu-west-1"}, Group: "/aws/lambda/checkout",
		Stream: "2026/11/12/[$LATEST]abc",
		Message: `{"took":"1.5 s","n":[3,{"m":12}],"size":2048,"day":"2026-11-12","ms":250.5,"tags":["red","dark ` +
			`blue"]}`,
		LogFacts: app.LogFacts{Level: app.LevelWarn, TraceID: "1-5fad4cc9-70259536495de84a2a6282cd", RequestID: "r-1"}}
	for text, want := range map[string]bool{
		"level:warn OR nothing": true, "level:error OR nothing": false, "-level:error": true, "-level:info": false,
		`group:"/aws/lambda/*"`: true, `group:"/aws/lambda/check" OR x`: false, "-group:x": true,
		`stream:2026* OR x`: true, "account:111111111111": true, "-region:eu-west-1": false,
		"request:r-1 OR x": true, "-trace:5fad4cc970259536495de84a2a6282cd": false,
		"took>1s": true, "took>=1500ms": true, "took>1.5s": false, "took>1": true, "took>1.6": false, "took<1m": true,
		"size>2000": true, "size<2000": false, "size>=2048": true, "size<=2048": true, "size>1s": false,
		"size>1e3": true,
		"n>2":      true, "n>11": false, "n.m>11": true, "n:3": true, "n:4": false, "day>2000": false, "ms>250": true,
		"tags:red": true, "tags:dark": true, "tags:blue": false, "tags:d*": true, "tags:*": true, "none:*": false,
		"(size>3000 OR took>1s) -red": false, "(size>3000 OR took>1s) NOT green": true, "NOT(size>3000 OR red)": false,
	} {
		parsed, err := Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		m, err := NewMatcher(parsed.expr())
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if m.MatchEvent(e) != want {
			t.Errorf("%q matches: %v", text, !want)
		}
	}
}

func TestDiscoveredFields(t *testing.T) {
	report := "REPORT RequestId: 8f5\tDuration: 102.25 ms\tBilled Duration: 103 ms\tMemory Size: 128 MB\tMax Memory " +
		"Used: 75 MB\t"
	for text, want := range map[string]bool{
		"@duration>102": true, "@duration>102.5": false, "@duration>100ms": true, "@duration<1s": true,
		"@billedDuration:103": true, "@duration:103": false, "@maxMemoryUsed>=75": true, "@memorySize:128": true,
		"@requestId:8f5": true, "@requestId:8f": false, "@initDuration:*": false, "@message:report": true,
		"@message:nothing": false, "duration:103": true,
	} {
		parsed, err := Parse(text)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		m, err := NewMatcher(parsed.Match)
		if err != nil {
			t.Fatal(err)
		}
		if m.Match(report) != want {
			t.Errorf("%q matches: %v", text, !want)
		}
	}
}

func TestLeadingNumber(t *testing.T) {
	for text, want := range map[string]struct {
		number  float64
		numEnd  int
		seconds float64
		end     int
	}{
		"500": {number: 500, numEnd: 3}, "500,": {number: 500, numEnd: 3}, "-1.5e3}": {number: -1500, numEnd: 6},
		"12 ms": {12, 2, 0.012, 5}, "12ms,": {seconds: 0.012, end: 4}, "1h30m": {seconds: 5400, end: 5}, "1m30": {},
		"3 minutes ago": {3, 1, 180, 9}, "12 things": {number: 12, numEnd: 2}, "12things": {}, "10:02": {},
		"2026-11-12": {}, "10.0.0.1": {}, "5.": {number: 5, numEnd: 1}, "45%": {number: 45, numEnd: 2}, "": {}, "-": {},
		"1e": {}, "7µs": {seconds: 7e-6, end: 4}, "-2s": {seconds: -2, end: 3}, "0x1f": {}, "1 d": {1, 1, 86400, 3},
	} {
		n, numEnd := leadingNumber([]byte(text))
		seconds, end := leadingLength([]byte(text))
		if n != want.number || numEnd != want.numEnd || math.Abs(seconds-want.seconds) > 1e-9 || end != want.end {
			t.Errorf("%q: %v %d %v %d, want %+v", text, n, numEnd, seconds, end, want)
		}
	}
}
