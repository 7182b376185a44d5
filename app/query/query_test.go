package query

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]Search{
		"":                      {},
		"  timeout ":            {Match: app.MatchAll([]app.LogTerm{{Text: "timeout"}}...)},
		`"connection reset" by`: {Match: app.MatchAll([]app.LogTerm{{Text: "connection reset"}, {Text: "by"}}...)},
		`say "a \"quoted\" \\ word"`: {Match: app.MatchAll([]app.LogTerm{{Text: "say"},
			{Text: `a "quoted" \ word`}}...)},
		"status:500":         {Match: app.MatchAll([]app.LogTerm{{Field: "status", Text: "500"}}...)},
		`user.name:"Ada L"`:  {Match: app.MatchAll([]app.LogTerm{{Field: "user.name", Text: "Ada L"}}...)},
		`path:"/api/orders"`: {Match: app.MatchAll([]app.LogTerm{{Field: "path", Text: "/api/orders"}}...)},
		"-health -status:200 -/^GET/": {Match: app.MatchAll([]app.LogTerm{
			{Text: "health", Not: true}, {Field: "status", Text: "200", Not: true},
			{Text: "^GET", Regexp: true, Not: true},
		}...)},
		"/time(d )?out/ x": {Match: app.MatchAll([]app.LogTerm{{Text: "time(d )?out", Regexp: true},
			{Text: "x"}}...)},
		`/a\/b/`:                {Match: app.MatchAll([]app.LogTerm{{Text: "a/b", Regexp: true}}...)},
		"/api/v1/orders":        {Match: app.MatchAll([]app.LogTerm{{Text: "/api/v1/orders"}}...)},
		"http://shop.example/x": {Match: app.MatchAll([]app.LogTerm{{Text: "http://shop.example/x"}}...)},
		"10:02:33 Class::method error:": {Match: app.MatchAll([]app.LogTerm{
			{Text: "10:02:33"}, {Text: "Class::method"}, {Text: "error:"},
		}...)},
		`"level:error"`: {Match: app.MatchAll([]app.LogTerm{{Text: "level:error"}}...)},
		"level:warn group:/aws/lambda/x": {Match: app.MatchAll([]app.LogTerm{{Text: "group:/aws/lambda/x"}}...),
			Level: app.LevelWarn},
		`LEVEL:Error group:"/aws/lambda/x" request:r-1`: {
			Level: app.LevelError, Groups: []string{"/aws/lambda/x"}, Request: "r-1",
		},
		"trace:5fad4cc970259536495de84a2a6282cd": {Trace: "1-5fad4cc9-70259536495de84a2a6282cd"},
		"- -- --x": {Match: app.MatchAll([]app.LogTerm{{Text: "-"}, {Text: "--"},
			{Text: "--x"}}...)},
		`5"`: {Match: app.MatchAll([]app.LogTerm{{Text: `5"`}}...)},
		`level:30 -level:30`: {
			Match: app.MatchAll([]app.LogTerm{{Field: "level", Text: "30"},
				{Field: "level", Text: "30", Not: true}}...)},
		`"group":admins -"Request":"a b" "trace":1`: {Match: app.MatchAll([]app.LogTerm{
			{Field: "group", Text: "admins"}, {Field: "Request", Text: "a b", Not: true}, {Field: "trace", Text: "1"},
		}...)},
		`"user name":ada "größe":"5"`: {Match: app.MatchAll([]app.LogTerm{{Field: "user name", Text: "ada"},
			{Field: "größe", Text: "5"}}...)},
		`"a b": c "d":`: {Match: app.MatchAll([]app.LogTerm{{Text: "a b:"}, {Text: "c"}, {Text: "d:"}}...)},
	} {
		got, err := Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		`"half`:      `has a quotation mark without its other half`,
		"/a(/":       "/a(/ is not a regular expression: ",
		"level:loud": `level is debug, info, warn or error, not "loud"`,
		"trace:12":   `"12" is not a trace id; a field of this name is asked for as "trace":12`,
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestParseArgs(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []app.LogTerm
	}{
		{[]string{"connection reset", "by"}, []app.LogTerm{{Text: "connection reset"}, {Text: "by"}}},
		{[]string{"-health check",
			"status:500"}, []app.LogTerm{{Text: "health check", Not: true}, {Field: "status", Text: "500"}}},
		{[]string{"msg:connection reset",
			"error: no table"}, []app.LogTerm{{Field: "msg", Text: "connection reset"}, {Text: "error: no table"}}},
		{[]string{"/time(d )?out/",
			"/api is down"}, []app.LogTerm{{Text: "time(d )?out", Regexp: true}, {Text: "/api is down"}}},
		{[]string{`"group":admins`, `request.method:a b`},
			[]app.LogTerm{{Field: "group", Text: "admins"}, {Field: "request.method", Text: "a b"}}},
		{[]string{"group:two words"}, nil},
		{[]string{`a "b c" -d`}, []app.LogTerm{{Text: "a"}, {Text: "b c"}, {Text: "d", Not: true}}},
	} {
		got, err := ParseArgs(c.args)
		if d := cmp.Diff(c.want, got.Match.Terms()); d != "" || err != nil {
			t.Errorf("%q: %v %s", c.args, err, d)
		}
	}
}

func TestMatcher(t *testing.T) {
	for _, c := range []struct {
		message string
		meets   []string
		not     []string
	}{
		{`{"level":"INFO","status":500,"took": 12.5,"path":"/api/orders","Msg":"Timeout after 3 s"}`,
			[]string{"TIMEOUT", `"timeout after"`, "status:500", "status:5*", `path:"/api"`,
				"path:\"/api/orders\"", "took:12.5", "msg:timeout", "-reset", "/[0-9]{3}/", `/Time.*s"}$/`},
			[]string{"status:50", "status:00", "atus:500", "took:12", "path:\"/ap\"", "/timeout/", "-timeout",
				"status:5000"}},
		{"ts=1 status=404 user='ada' msg=\"not found\"", []string{"status:404",
			"user:ada", "msg:not", `msg:"not found"`}, []string{"status:40", "user:ad"}},
		{"Duration: 12 ms\tBilled Duration: 13 ms", []string{"duration:13", "Duration:12"}, []string{"duration:1"}},
		{`{"log":"{\"status\":503}"}`, []string{"status:503"}, []string{"status:50"}},
		{"größe=GRÖSSE", []string{"größe", "grösse", "GRÖßE", "größe:grösse"}, []string{"grosse", "größe:gr"}},
		{"ПЛАТЁЖ отклонён ΣΊΣΥΦΟΣ", []string{"платёж", "Отклонён", "σίσυφος", "-платеж"}, []string{"платеж"}},
		{`{"city":"M\u00fcnchen","msg":"caf\u00E9 \ud83d\ude00"}`,
			[]string{"café", "CAFÉ", "city:münchen", `city:"MÜN*"`, "\U0001F600", `\u00fcnchen`, "/München/",
				`/^{"city/`}, []string{"cafe", "city:mün", "-café"}},
		{`{"url":"https:\/\/shop.test\/a?x=1","error":"\u003cnil\u003e","q":"a=1\u0026b=2"}`,
			[]string{"https://shop.test/a", "url:https*", `\/\/shop.test\/a`, "<nil>", "error:\"<nil>\"", "a=1&b=2",
				"q:\"a=1&b\""}, []string{"https:///", "nil>>"}},
		{`{"msg":"he said \"no\" twice","path":"C:\\Temp\\New.log"}`,
			[]string{`"he said \"no\""`, `C:\Temp`, `path:"C:\\temp"`, `c:\\temp`, `msg:"he said \"no\""`},
			[]string{`c:/temp`}},
		{`{"log":"{\"msg\":\"caf\\u00e9\",\"path\":\"C:\\\\Temp\",\"user\":{\"id\":42}}"}`,
			[]string{"café", "msg:café", `C:\Temp`, "user.id:42", "log.user.id:42"},
			[]string{"user.id:4", "msg.id:42"}},
		{`INFO {"user":{"id":42,"names":["ada","bob"]},"request":{"path":"/login",` +
			`"ok":true,"took":1.5},"a":[{"b":{"c":"x y"}}]} end`,
			[]string{"user.id:42", "USER.ID:4*", `request.path:"/login"`, "user.names:bob", "request.ok:true",
				"a.b.c:x", "b.c:x", "id:42", "-user.path:x"},
			[]string{"user.id:4", "user.path:x", "ser.id:42", "request.id:42", "request.took:1", "user.id.x:42",
				"names.ada:bob"}},
		{`{"user.id":42,"x":{"y.z":1}}`, []string{"user.id:42", "x.y.z:1", "y.z:1"}, []string{"x.z:1"}},
		{`{"cut":{"id":7,"mess":"a`, []string{"cut.id:7"}, []string{"cut.mess:b"}},
		{"\x1b[33mwarn\x1b[39m: disk \x1b[1mstatus\x1b[22m=\x1b[36m507\x1b[39m\n",
			[]string{"status:507", `"disk status"`, "/status=507$/", "\x1b[33m", "warn:"}, []string{"status:50"}},
		{`{"log":"\u001b[1mdisk\u001b[0m full"}`, []string{`"disk full"`}, []string{"-disk"}},
		{"job done\r\n", []string{"/done$/", "/^job done$/"}, []string{"/done.$/"}},
		{"two\nlines done\n", []string{"/done$/", `/(?m)^lines/`}, []string{"/^job done$/", "/two$/"}},
		{`{"level":30,"group":"admins","request":{"method":"GET"}}`,
			[]string{"level:30", `"group":admins`, `"request":"*"`, "request.method:get"},
			[]string{"level:3", `"group":admin`}},
	} {
		for want, texts := range map[bool][]string{true: c.meets, false: c.not} {
			for _, text := range texts {
				s, err := Parse(text)
				if err != nil {
					t.Fatal(err)
				}
				m, err := NewMatcher(s.Match)
				if err != nil {
					t.Fatal(err)
				}
				if m.Match(c.message) != want {
					t.Errorf("%s on %s: %t", text, c.message, !want)
				}
			}
		}
	}
}

func TestNarrow(t *testing.T) {
	s := Search{Match: app.MatchAll([]app.LogTerm{{Text: "b"}}...), Level: app.LevelWarn, Groups: []string{"g"},
		Request: "r"}
	got := s.Narrow(app.LogQuery{Match: app.MatchAll([]app.LogTerm{{Text: "a"}}...), Level: app.LevelError, Trace: "t"})
	want := app.LogQuery{Match: app.MatchAll([]app.LogTerm{{Text: "a"}, {Text: "b"}}...), Level: app.LevelError,
		Trace: "t", Request: "r", Groups: []string{"g"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// A term is read back as it was written.
func TestTermRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-zA-Z0-9 "\\:/=*.{}-]{1,8}`)
		term := rapid.OneOf(
			rapid.Map(word, func(s string) app.LogTerm { return app.LogTerm{Text: s} }),
			rapid.Map(word, func(s string) app.LogTerm { return app.LogTerm{Text: s, Field: "status"} }),
			rapid.Map(word, func(s string) app.LogTerm { return app.LogTerm{Text: s, Field: "Group"} }),
			rapid.Map(word, func(s string) app.LogTerm { return app.LogTerm{Text: "30", Field: s} }),
			rapid.Map(word, func(s string) app.LogTerm { return app.LogTerm{Text: regexp.QuoteMeta(s), Regexp: true} }),
		).Draw(t, "term")
		term.Not = rapid.Bool().Draw(t, "not")
		got, err := Parse(Format(term))
		if err != nil || !got.Match.Equal(term.Expr()) {
			t.Fatalf("%#v is written as %s and read as %#v, %v", term, Format(term), got.Match, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`a -b "c d" e:f g:"h i" /j.k/ -/l/`, `level:error trace:1`, `"`, `/`, `-`, `::`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := Parse(text)
		if err != nil {
			return
		}
		written := s.String()
		read, err := Parse(written)
		if d := cmp.Diff(s, read); err != nil || d != "" {
			t.Fatalf("%q is %#v, written as %q and read as %#v, %v", text, s, written, read, err)
		}
		if _, err := NewMatcher(s.Match); err != nil {
			t.Fatalf("%q was taken and does not compile: %v", text, err)
		}
	})
}
