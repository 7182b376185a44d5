package pipe

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

var noon = time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)

// event is one of a log group, so many seconds before noon.
func event(before int, message string) app.LogEvent {
	return app.LogEvent{
		Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"}, Group: "/app/shop", Stream: "s",
		ID: fmt.Sprint("id", before), At: noon.Add(-time.Duration(before) * time.Second),
		Message: message, LogFacts: app.ReadFacts(message),
	}
}

// evaluate runs a query over events, newest first, and returns its table as text.
func evaluate(t *testing.T, text string, events ...app.LogEvent) (lines []string) {
	t.Helper()
	return linesOf(tableOf(t, text, events...))
}

func tableOf(t *testing.T, text string, events ...app.LogEvent) Table {
	t.Helper()
	q, err := Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	run := q.Start(Options{Range: app.Since(noon, time.Hour), Now: noon})
	for i := range events {
		if !run.Add(&events[i]) {
			break
		}
	}
	return run.Table()
}

func linesOf(table Table) (lines []string) {
	words := make([]string, len(table.Columns))
	for i, c := range table.Columns {
		words[i] = c.Name
	}
	lines = append(lines, strings.Join(words, " | "))
	for _, row := range table.Rows {
		for i, v := range row {
			words[i] = v.String()
		}
		lines = append(lines, strings.Join(words, " | "))
	}
	return lines
}

// TestExpressions has what the user guide says of operators and functions ("Boolean, comparison, numeric, datetime, and
// other functions"), and below it what it does not say.
func TestExpressions(t *testing.T) {
	message := `{"status":500,"ok":true,"user":{"id":"u-1","tags":["a","b"]},"path":"/x","text":"caf\u00e9 \"q\"",` +
		`"f3":7,"f4":9,"empty":"","blank":"  ","nothing":null,"user.name":"dotted","ip":"192.0.2.7",` +
		`"raw":"{\"users\":[{\"action\":\"GetData\"},{\"action\":\"PutData\"}],\"user.id\":\"123\"}"}`
	for expression, want := range map[string]string{
		"2 ^ 3": "8", "10 % 3": "1", "2 + 3 * 4": "14", "(2 + 3) * 4": "20", "1 / 4": "0.25", "f3-f4": "-2",
		"abs(f3-f4)": "2", "ceil(1.2)": "2", "floor(1.8)": "1", "greatest(1, 3, 2)": "3", "least(3, 1, 2)": "1",
		"log(1)": "0", "sqrt(9)": "3", "round(2.567, 2)": "2.57", "toInt(\"7.9\")": "7",

		`ltrim("xyZxyfooxyZ","xyZ")`: "fooxyZ", `rtrim("xyZfooxyxyZ","xyZ")`: "xyZfoo",
		`trim("xyZxyfooxyxyZ","xyZ")`: "foo", `trim("  a ")`: "a", `substr("xyZfooxyZ",3, 3)`: "foo",
		`substr("xyZfoo",3)`: "foo", `strlen("café")`: "4", `toupper("aé")`: "AÉ", `tolower("AÉ")`: "aé",
		`replace("a_smoke_test","smoke_test","Smoke")`: "a_Smoke", `strcontains("abc","b")`: "1",
		`strcontains("abc","B")`: "0", `strcontains("abc","B", true)`: "1", `startsWith("abc","ab")`: "1",
		`endsWith("abc","ab")`: "0", `concat(path, '-', status)`: "/x--500"[:2] + "-500",

		"ispresent(status)": "1", "ispresent(missing)": "0", "coalesce(missing, nothing, path)": "/x",
		"isempty(empty)": "1", "isempty(missing)": "1", "isempty(blank)": "0", "isblank(blank)": "1",
		"isNumeric(status)": "1", "isNumeric(path)": "0", `if(status >= 500, "bad", "good")`: "bad",
		`case(status < 500, "good", status < 600, "bad", "else")`: "bad",

		"datefloor(@timestamp, 1h)": "2025-11-20 11:00:00.000",
		"dateceil(@timestamp, 1h)":  "2025-11-20 12:00:00.000",
		"bin(5m)":                   "2025-11-20 11:55:00.000",
		// "CloudWatch Logs caps 60 as the maximum value"
		"bin(300s)":                           "2025-11-20 11:59:00.000",
		"bin(1mo)":                            "2025-11-01 00:00:00.000",
		"bin(1quarter)":                       "2025-10-01 00:00:00.000",
		"bin(1y)":                             "2025-01-01 00:00:00.000",
		"bin(1w)":                             "2025-11-17 00:00:00.000", // a Monday
		"toMillis(@timestamp)":                "1763639990000",
		"fromMillis(1642195111000)":           "2022-01-14 21:18:31.000",
		"now()":                               "1763640000",
		"queryTimeRange()":                    "3600000",
		"isValidIp(ip)":                       "1",
		"isValidIpV6(ip)":                     "0",
		`isValidIpV6("2001:db8::1")`:          "1",
		`isIpv4InSubnet(ip, "192.0.2.0/24")`:  "1",
		`isIpInSubnet(ip, "198.51.100.0/24")`: "0",

		"user.id": "u-1", "user.tags.1": "b", "user.tags[1]": "b", "`user.name`": "dotted", "text": `café "q"`,
		"@log": "111122223333:/app/shop", "@logStream": "s", "@ptr": "id10", "@timestamp": "2025-11-20 11:59:50.000",

		"status = 500": "1", `status = "500"`: "1", "status != 500": "0", "status > 99": "1", `path > "/a"`: "1",
		"status in [300,400,500]": "1", `path not in ["foo","bar",1]`: "1", "status like /5\\d\\d/": "1",
		`path like "x"`: "1", `path like "X"`: "0", "path like /(?i)X/": "1", "path not like /y/": "1",
		"path =~ /^.x/": "1", "not status = 500": "0", "status = 500 and not (path = \"/y\" or f3 > 7)": "1",

		// What it does not say.
		"user": "", "nothing": "", "1 / 0": "", "path + 1": "", "abs(path)": "", "-f3": "-7", "2 ^ 3 ^ 2": "512",
		"missing = 1": "0", "missing != 1": "1", `missing not in ["a"]`: "1", "missing > 1": "0",
		"missing like /a/":     "0",
		"missing not like /a/": "1", "ok = true": "1", "ok = 1": "1", "ok = \"true\"": "1", "ok": "1", "10 > 9": "1",
		`"10" > "9"`: "1", `"b" > 9`: "1",
		"toMillis(status)": "", "concat(missing, path)": "/x",
	} {
		got := tableOf(t, "fields "+expression+" as x", event(10, message))
		if said := got.Rows[0][0].String(); said != want {
			t.Errorf("%s is %q, want %q", expression, said, want)
		}
	}
	parsed := `fields jsonParse(raw) as j | fields j.users[1].action as a, j.` + "`user.id`" +
		` as u, toupper(j) as none`
	if d := cmp.Diff([]string{"j | a | u | none",
		`{"users":[{"action":"GetData"},{"action":"PutData"}],"user.id":"123"}` +
			" | PutData | 123 | "}, evaluate(t, parsed, event(1, message))); d != "" {
		t.Error(d)
	}
}

// TestCommands has the examples of the user guide ("fields", "parse", "stats", "sort", "dedup").
func TestCommands(t *testing.T) {
	error1 := event(1, "25 May 2019 10:24:39,474 [ERROR] {foo=2, bar=data} The error was: DataIntegrityException")
	users := []app.LogEvent{
		event(1, "25 May 2019 10:24:39,474 user=user1234, method:sampleMethod, latency := 216"),
		event(2, "25 May 2019 10:24:40,474 user=user1234, method:sampleMethod, latency := 16"),
		event(3, "no such fields"),
	}
	servers := []app.LogEvent{
		event(1, `{"server":"a","severity":2,"n":1}`), event(70, `{"server":"b","severity":9,"n":2}`),
		event(80, `{"server":"a","severity":5}`), event(400, `{"n":4,"severity":10}`),
	}
	report := event(1, "REPORT RequestId: 8f5\tDuration: 3.15 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\t"+
		"Max Memory Used: 70 MB\tInit Duration: 165.05 ms\t\n")
	for _, c := range []struct {
		query  string
		events []app.LogEvent
		want   []string
	}{
		{`parse @message "[*] * The error was: *" as level, config, exception | display level, config, exception`,
			[]app.LogEvent{error1},
			[]string{"level | config | exception", "ERROR | {foo=2, bar=data} | DataIntegrityException"}},
		{`parse @message /\[(?<level>\S+)\]\s+(?<config>\{.*\})\s+The error was: (?<exception>\S+)/ | display level, ` +
			`exception`,
			[]app.LogEvent{error1}, []string{"level | exception", "ERROR | DataIntegrityException"}},
		{`parse @message /user=(?<user2>.*?), method:(?<method2>.*?), latency := (?<latency2>.*)/
		  | stats avg(latency2) by method2, user2 # the mean`, users,
			[]string{"method2 | user2 | avg(latency2)", "sampleMethod | user1234 | 116", " |  | "}},
		{`filter severity > 4 | stats count(*) as n by bin(5m) | sort n desc`, servers,
			[]string{"bin(5m) | n", "2025-11-20 11:55:00.000 | 2", "2025-11-20 11:50:00.000 | 1"}},
		{`fields @timestamp, server, severity | sort severity desc | dedup server | display server, severity`, servers,
			[]string{"server | severity", " | 10", "b | 9", "a | 5"}},
		{`fields server | sort server asc, severity desc | limit 2`, servers, []string{"server", "a", "a"}},
		{`stats count(*), count(server), count_distinct(server), sum(severity), min(severity), max(severity),
		  pct(severity, 50), earliest(severity), latest(severity), stddev(n)`, servers,
			[]string{"count(*) | count(server) | count_distinct(server) | sum(severity) | min(severity) | " +
				"max(severity) | pct(severity, 50) | earliest(severity) | latest(severity) | stddev(n)",
				"4 | 3 | 2 | 26 | 2 | 10 | 5 | 10 | 2 | 1.247219128924647"}},
		{`stats sum(severity) / count(*) as mean, max(severity) by server ` +
			`| filter mean > 3 | stats count(*) as servers`,
			servers, []string{"servers", "3"}},
		{`stats count(*) by server | sort count(*) desc | limit 1`, servers, []string{"server | count(*)", "a | 2"}},
		{`fields @type, @duration, @billedDuration, @memorySize, @maxMemoryUsed, @initDuration
		  | display @type, @duration, @billedDuration, @memorySize / 1000 / 1000 as MB, @maxMemoryUsed, @initDuration`,
			[]app.LogEvent{report},
			[]string{"@type | @duration | @billedDuration | MB | @maxMemoryUsed | @initDuration",
				"REPORT | 3.15 | 4 | 128 | 70000000 | 165.05"}},
		{"", []app.LogEvent{event(1, "a")},
			[]string{"@timestamp | @message", "2025-11-20 11:59:59.000 | a"}},
		{"filter @message like /b/ | limit 1", []app.LogEvent{event(1, "a"), event(2, "b"), event(3, "b")},
			[]string{"@timestamp | @message", "2025-11-20 11:59:58.000 | b"}},
		{"stats count(*)", nil, []string{"count(*)"}},
		{"| stats count(*) by @level", []app.LogEvent{event(1, "ERROR x"), event(2, "INFO y"), event(3, "ERROR z")},
			[]string{"@level | count(*)", "ERROR | 2", "INFO | 1"}},
	} {
		if d := cmp.Diff(c.want, evaluate(t, c.query, c.events...)); d != "" {
			t.Errorf("%s: %s", c.query, d)
		}
	}
}

func TestPatternCountsEveryMessage(t *testing.T) {
	var events []app.LogEvent
	for i := range 30 {
		events = append(events, event(i+1, fmt.Sprintf("INFO order %d was shipped", i)))
	}
	events = append(events, event(31, "ERROR payment refused"))
	got := evaluate(t, "pattern @message | limit 5", events...)
	want := []string{"@pattern | @ratio | @sampleCount | @severityLabel"}
	if len(got) != 3 || got[0] != want[0] || !strings.Contains(got[1], " | 30 | INFO") ||
		!strings.Contains(got[2], "payment refused") {
		t.Errorf("%q", got)
	}
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	for text, want := range map[string]Error{
		"filter": {6, "a field, a value or a function is expected before the end",
			false},
		"fields @message | foo 1": {18,
			"there is no command foo; the commands are fields, display, filter, parse, stats, sort, limit, dedup and " +
				"pattern", false},
		"fields @message | diff": {18, "diff is evaluated by Logs Insights at AWS only", true},
		"stats f1": {6,
			"stats takes functions such as count(*), sum, avg, min, max and pct", false},
		"filter count(*) > 1":           {7, "count(*) > 1 is a function of stats", false},
		"stats bin(x)":                  {6, "bin takes a period of time such as 5m, not x", false},
		"limit 0":                       {6, "limit takes a number of rows from 1 to 100000, not 0", false},
		`parse @message "a * b *" as x`: {15, `"a * b *" has 2 of the sign * for 1 names`, false},
		"filter a like /(/": {14,
			"/(/ is not a regular expression: error parsing regexp: missing closing ): `(`", false},
		`filter a = "b`: {11, `" has no other half`, false},
		"fields foo(1)": {7, "there is no function foo here", false},
		"fields a b":    {9, `"|" is expected before b`, false},
		"stats pct(a, b)": {6, "pct takes a percentage from 0 to 100, such as pct(@duration, 95)",
			false},
		"stats sum(count(*))": {6, "a function of stats stands in no other one", false},
		"fields a;b": {8,
			"';' has no meaning here; a field with such a name stands in `backticks`", false},
		"pattern x":                             {8, "only the patterns of @message are found here", true},
		"filter " + strings.Repeat("(", 100):    {-1, "", false},
		"fields " + strings.Repeat("a,", 10000): {maxText, "a query has at most 10000 characters", false},
	} {
		_, err := Parse(text)
		var wrong *Error
		switch {
		case !errors.As(err, &wrong):
			t.Errorf("%.40q: %v", text, err)
		case want.At >= 0 && *wrong != want:
			t.Errorf("%.40q: %+v, want %+v", text, *wrong, want)
		}
	}
}

// Truncation is told: what is left out by a bound is a note.
func TestWhatIsLeftOutIsSaid(t *testing.T) {
	q, err := Parse("fields @message")
	if err != nil {
		t.Fatal(err)
	}
	run := q.Start(Options{Rows: 2})
	for i := range 3 {
		e := event(i, "x")
		run.Add(&e)
	}
	if got := run.Table(); len(got.Rows) != 2 || len(got.Cut) != 1 || got.Cut[0] != tooMany(2, "rows") {
		t.Errorf("%d rows, %q", len(got.Rows), got.Cut)
	}
}

func TestTableAsJSONAndChart(t *testing.T) {
	table := tableOf(t, "stats count(*) as n, max(v) by bin(5m), @level", event(1, `ERROR {"v":1}`), event(2, "INFO x"),
		event(400, "ERROR y"), event(401, "ERROR z"))
	got, err := json.Marshal(table.Line(0))
	if want := `{"bin(5m)":"2025-11-20T11:55:00Z","@level":"ERROR","n":1,"max(v)":null}`; err != nil ||
		string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	series, bucket, ok := table.Chart()
	at := func(minute int) time.Time { return noon.Add(time.Duration(minute-60) * time.Minute) }
	want := []Series{{"ERROR", []app.Point{{At: at(50), Value: 2}, {At: at(55), Value: 1}}},
		{"INFO", []app.Point{{At: at(55), Value: 1}}}}
	if d := cmp.Diff(want, series); d != "" || bucket != 5*time.Minute || !ok {
		t.Error(bucket, ok, d)
	}
	if _, _, ok := tableOf(t, "stats count(*) by @level", event(1, "x")).Chart(); ok {
		t.Error("a table without time has no chart")
	}
}
