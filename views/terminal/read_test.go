package terminal

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// TestTables shows every table as a person gets it; testdata holds what they look like.
func TestTables(t *testing.T) {
	tests := []struct {
		name string
		args string
	}{
		{"alarms", "alarms"},
		{"alarms-utc", "alarms --utc"},
		{"alarms-gone", "alarms --gone"},
		{"alarms-history", "alarms --history --since 12h"},
		{"alarms-none", "alarms --history --since 1m"},
		{"metrics", "metrics"},
		{"metrics-region", "metrics --region us-east-1"},
		{"groups", "groups"},
		{"search", "search"},
		{"search-utc", "search --utc --limit 2"},
		{"search-context", "search --limit 2 -C 1"},
		{"search-none", "search --since 1m"},
		{"patterns", "patterns --since 1h"},
		{"patterns-limit", "patterns --since 1d --limit 1"},
		{"patterns-none", "patterns --since 1m"},
		{"patterns-json", "patterns --since 1h --json --limit 2"},
		{"traces", "traces"},
		{"traces-none", "traces --since 1m"},
		{"trace", "traces 6817aa000123456789abcdef01234567"},
		{"trail", "trail"},
		{"trail-account", "trail --account 444455556666"},
		{"ledger", "ledger --limit 2"},
		{"ledger-sum", "ledger --sum"},
		{"policy", "policy"},
		{"version", "version"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := filled()
			r := run(t, s, strings.Fields(test.args)...)
			if r.code != ExitOK {
				t.Errorf("exit code %d", r.code)
			}
			golden(t, test.name, r)
		})
	}
}

// TestJSONIsTheValueItself compares every line with what encoding/json makes of the value: digests rest on it.
func TestJSONIsTheValueItself(t *testing.T) {
	s := filled()
	tests := []struct {
		args string
		want []any
	}{
		{"alarms --json", anys(slices.Delete(slices.Clone(s.alarms), 2, 3))},
		{"alarms --json --gone", anys(s.alarms)},
		{"alarms --history --json", anys(s.history)},
		{"metrics --json --local", anys(s.series[:1])},
		{"groups --json", anys(s.groups)},
		{"search --json", anys(s.events)},
		{"search --json --limit 2", anys(s.events[2:])},
		{"traces --json", anys(s.traces)},
		{"traces 1-6817aa00-0123456789abcdef01234567 --json", anys(s.traces)},
		{"trail --json --since 1d", anys(s.trail)},
		{"ledger --json --sum", []any{app.Spend{Requests: 3, Throttled: 1, Cost: 1_240_000}}},
		{"ledger --json", []any{s.requests[2], s.requests[1], s.requests[0]}},
		{"version --json", []any{Build{Version: "v1.2.3", Commit: "abcdef0", Go: "go1.26"}}},
	}
	for _, test := range tests {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		for _, v := range test.want {
			if err := e.Encode(v); err != nil {
				t.Fatal(err)
			}
		}
		r := run(t, s, strings.Fields(test.args)...)
		if r.code != ExitOK || r.out != want.String() {
			t.Errorf("%s: exit %d, stderr %q, stdout\n%s\nwant\n%s", test.args, r.code, r.err, r.out, want.String())
		}
		if !s.closed(t) {
			t.Errorf("%s left the cache open", test.args)
		}
	}
}

// TestGapsAreToldOfJSONToo sees that a program's user hears what the cache lacks, beside the answer and not in it.
func TestGapsAreToldOfJSONToo(t *testing.T) {
	for _, args := range []string{"alarms", "alarms --history", "metrics", "search", "search --limit 1", "patterns",
		"traces", "trail"} {
		r := run(t, filled(), append(strings.Fields(args), "--json")...)
		if !strings.Contains(r.err, "not in the cache for 18 h of 1 d. nephograph pull") ||
			strings.Contains(r.err, prod.String()) || strings.Contains(r.out, "not in the cache") {
			t.Errorf("%s --json: stderr %q", args, r.err)
		}
		if r := run(t, filled(), append(strings.Fields(args), "--json", "--region", "eu-west-1")...); r.err != "" {
			t.Errorf("%s --json lacks nothing, but stderr is %q", args, r.err)
		}
	}
}

// TestLongMessageMovesOnlyItsOwnPlace sees that the places of the other rows stay near.
func TestLongMessageMovesOnlyItsOwnPlace(t *testing.T) {
	s := filled()
	s.events[0].Message = strings.Repeat("long ", 400)
	r := run(t, s, "search")
	for i, line := range strings.Split(strings.TrimSpace(r.out), "\n") {
		if isLong := i == 1; isLong != (len(line) > 200) {
			t.Errorf("line %d has %d bytes", i, len(line))
		}
	}
}

func anys[T any](items []T) []any {
	all := make([]any, len(items))
	for i, item := range items {
		all[i] = item
	}
	return all
}

// TestSearchTerms sees that the terms of a search are read as the help says, and a wrong one is told.
func TestSearchTerms(t *testing.T) {
	s := filled()
	run(t, s, "search", "status:5*", "/time(d )?out/", "level:error", "--level", "info", "--", "-health check")
	want := []app.LogTerm{{Field: "status", Text: "5*"}, {Text: "time(d )?out", Regexp: true},
		{Text: "health check", Not: true}}
	if got, wanted := asJSON(t, s.logQuery.Match), asJSON(t, app.MatchAll(want...)); got != wanted ||
		s.logQuery.Level != app.LevelError {
		t.Errorf("search asked %s at level %s; want %s", got, s.logQuery.Level, wanted)
	}
	for text, sentence := range map[string]string{
		"/a(/":       "/a(/ is not a regular expression",
		"level:loud": `level is debug, info, warn or error, not "loud"`,
	} {
		if r := run(t, s, "search", text); r.code != ExitUsage || !strings.Contains(r.err, sentence) {
			t.Errorf("search %s: %d %s", text, r.code, r.err)
		}
	}
}

// TestFlagsReachTheQuery sees that every condition is asked of the cache.
func TestFlagsReachTheQuery(t *testing.T) {
	s := filled()
	run(t, s, "search", "time out", "orders", "--group", "a,b", "--level", "warn", "--trace",
		"Root=1-6817aa00-0123456789ABCDEF01234567", "--request", "8f3c", "--from", "2026-05-03 10:00", "--to",
		"2026-05-03T09:00:00Z", "--region", "eu-west-1")
	want := app.LogQuery{Match: app.MatchAll([]app.LogTerm{{Text: "time out"}, {Text: "orders"}}...),
		Groups: []string{"a", "b"},
		Level:  app.LevelWarn, Trace: "1-6817aa00-0123456789abcdef01234567", Request: "8f3c",
		Range: app.Range{From: noon.Add(-4 * time.Hour), To: noon.Add(-3 * time.Hour)}, Scopes: []app.Scope{prod},
		Newest: true, Limit: defaultLimit}
	if got, wanted := asJSON(t, s.logQuery), asJSON(t, want); got != wanted {
		t.Errorf("search asked %s; want %s", got, wanted)
	}
	run(t, s, "traces", "--faults", "--slower", "500ms", "--service", "checkout", "--json")
	wantTraces := app.TraceQuery{Range: app.Since(noon, 24*time.Hour), Faults: true, Slower: 500 * time.Millisecond,
		Resources: []string{"checkout"}, Spans: true}
	if got, wanted := asJSON(t, s.traceQuery), asJSON(t, wantTraces); got != wanted {
		t.Errorf("traces asked %s; want %s", got, wanted)
	}
	run(t, s, "traces", "--failed", "--json")
	if got, wanted := asJSON(t, s.traceQuery),
		asJSON(t, app.TraceQuery{Range: app.Since(noon, 24*time.Hour), Failed: true, Resources: []string{""},
			Spans: true}); got != wanted {
		t.Errorf("traces that failed asked %s; want %s", got, wanted)
	}
	run(t, s, "trail", "--name", "UpdateTable", "--service", "dynamodb", "--principal", "deploy", "--resource",
		"orders", "--changes", "--limit", "0")
	wantTrail := app.TrailQuery{Range: app.Since(noon, 24*time.Hour), Name: "UpdateTable", Service: "dynamodb",
		Principal: "deploy", Concerning: []string{"orders"}, Changes: true, Newest: true}
	if got, wanted := asJSON(t, s.trailQuery), asJSON(t, wantTrail); got != wanted {
		t.Errorf("trail asked %s; want %s", got, wanted)
	}
	run(t, s, "traces", "1-6817aa00-0123456789abcdef01234567")
	if !s.traceQuery.Range.Empty() {
		t.Errorf("one trace was looked for in %v only", s.traceQuery.Range)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestExitCodes(t *testing.T) {
	tests := []struct {
		args string
		code int
		says string // on stderr
	}{
		{"search --since soon", ExitUsage, "24h"},
		{"search --since 1h --from now", ExitUsage, "since"},
		{"search --limit -1", ExitUsage, "negative"},
		{"search --level loud", ExitUsage, "loud"},
		{"patterns level:loud", ExitUsage, "loud"},
		{"patterns --before soon", ExitUsage, "24h"},
		{"search --trace x", ExitUsage, "not a trace id"},
		{"search --frobnicate", ExitUsage, "nephograph search --help"},
		{"alarms --state blue", ExitUsage, "blue"},
		{"alarms extra", ExitUsage, "extra"},
		{"traces x", ExitUsage, "not a trace id"},
		{"traces --slower quick", ExitUsage, "--slower"},
		{"trail --changes --failed", ExitUsage, "failed"},
		{"trail --utc --local", ExitUsage, "local"},
		{"nonsense", ExitUsage, "nonsense"},
		{"pul", ExitUsage, `nephograph: unknown command "pul" for "nephograph"; did you mean pull? Run nephograph ` +
			`--help`},
		{"help bogus", ExitUsage, "bogus"},
		{"help search", ExitOK, ""},
		{"completion", ExitOK, ""},
		{"completion foo", ExitUsage, "foo"},
		{"search --from 2026-05-04", ExitUsage, "in the future"},
		{"search --from 2026-05-04 --to 2026-05-05", ExitUsage, "in the future"},
		{"traces 1-6817aa00-ffffffffffffffffffffffff", ExitOK,
			"No trace 1-6817aa00-ffffffffffffffffffffffff is cached"},
		{"traces 1-6817aa00-ffffffffffffffffffffffff --json", ExitOK,
			"No trace 1-6817aa00-ffffffffffffffffffffffff is cached"},
		{"simulate --deny logs:Nonsense", ExitUsage, "logs:Nonsense"},
		{"simulate --deny sts:GetCallerIdentity", ExitUsage, "could deny"},
		{"simulate --slow -1s", ExitUsage, "not a length of time"},
		{"simulate --late -1s", ExitUsage, "not a length of time"},
		{"simulate --throttle 2", ExitUsage, "--throttle"},
		{"simulate --scale 0", ExitUsage, "--scale"},
		{"simulate --at never", ExitUsage, "--at"},
		{"alarms --account 999999999999", ExitFailed, "111122223333/eu-west-1 (shop-prod)"},
		{"search --since 1s", ExitOK, "Nothing found"},
		{"search group:admins", ExitOK, `For a field called group, search '"group":admins'`},
		{"help", ExitOK, ""},
		{"completion bash", ExitOK, ""},
	}
	for _, test := range tests {
		r := run(t, filled(), strings.Fields(test.args)...)
		if r.code != test.code || !strings.Contains(r.err, test.says) {
			t.Errorf("%s: exit %d, %q; want %d and %q", test.args, r.code, r.err, test.code, test.says)
		}
		if test.code != ExitOK && strings.Count(r.err, "\n") != 1 {
			t.Errorf("%s: stderr is not one line: %q", test.args, r.err)
		}
	}
}

func TestMetricsSayHowOftenThereAreDatapoints(t *testing.T) {
	s := filled()
	for i := range s.series {
		one := &s.series[i]
		one.Points = nil
		for at := noon.Add(-time.Hour); at.Before(noon); at = at.Add(5 * time.Minute) {
			one.Points = append(one.Points, app.Point{At: at, Value: 1})
		}
	}
	if r := run(t, s, "metrics"); !strings.Contains(r.out, ", every 5 min") {
		t.Error(r.out)
	}
}

// What cannot be read is named, not left out in silence.
func TestGroupsOfOtherClassesAreNamed(t *testing.T) {
	s := filled()
	for _, name := range []string{"/aws/eks/a/cluster", "/aws/eks/b/cluster", "/aws/eks/c/cluster",
		"/aws/eks/d/cluster"} {
		s.groups = append(s.groups, app.LogGroup{Scope: prod, Name: name, Class: "INFREQUENT_ACCESS"})
	}
	for args, want := range map[string]string{
		"groups": "Not read: /aws/eks/a/cluster, /aws/eks/b/cluster, " +
			"/aws/eks/c/cluster and 1 more. They are of a class",
		"search timeout": "Not read: /aws/eks/a/cluster, ",
		"search x group:\"/aws/eks/b/cluster\"": "Not read: /aws/eks/b/cluster. It is of a class that " +
			"FilterLogEvents does not read",
	} {
		r := run(t, s, strings.Fields(args)...)
		if r.code != ExitOK || !strings.Contains(r.err, want) || args == "groups" &&
			!strings.Contains(r.out, "not read") {
			t.Errorf("%s: exit %d, %q, %q", args, r.code, r.err, r.out)
		}
	}
}

func TestFlagValuesAreCompleted(t *testing.T) {
	tests := []struct{ args, offers string }{
		{"search --level", "debug info warn error"},
		{"alarms --state", "ok alarm insufficient_data"},
		{"pull --signal", "alarms metrics logs traces trail"},
	}
	for _, test := range tests {
		r := run(t, filled(), append(append([]string{"__complete"}, strings.Fields(test.args)...), "")...)
		if offers := strings.Fields(test.offers); !slices.Equal(strings.Fields(r.out)[:len(offers)], offers) {
			t.Errorf("%s offers %q", test.args, r.out)
		}
	}
}

func TestDamagedCacheFails(t *testing.T) {
	s := filled()
	s.damage = &app.Error{Kind: app.Damaged, Op: "cache", Err: errors.New("page 7 is torn")}
	r := run(t, s, "alarms")
	if r.code != ExitFailed || r.out != "" || !strings.Contains(r.err, "page 7 is torn. Set it aside") || !s.closed(t) {
		t.Errorf("exit %d, stdout %q, stderr %q, closed %v", r.code, r.out, r.err, s.closed(t))
	}
}

// TestNoColorWhereNobodyLooks sees that a buffer, which is no terminal, gets no escapes, and that a log message cannot
// bring its own.
func TestNoColorWhereNobodyLooks(t *testing.T) {
	for _, args := range []string{"alarms", "search", "trail", "traces 1-6817aa00-0123456789abcdef01234567"} {
		if r := run(t, filled(), strings.Fields(args)...); strings.Contains(r.out, "\x1b") {
			t.Errorf("%s printed an escape", args)
		}
	}
}

func TestColorKeepsTheColumns(t *testing.T) {
	table := newTable("STATE", "N>")
	table.add(cell{"ALARM", red}, 7)
	table.add(cell{"OK", green}, 1234)
	var plainText, colored bytes.Buffer
	table.print(&plainText, false)
	table.print(&colored, true)
	if want := "STATE     N\nALARM     7\nOK     1234\n"; plainText.String() != want {
		t.Errorf("plain %q; want %q", plainText.String(), want)
	}
	if !strings.Contains(colored.String(), "\x1b[31mALARM\x1b[0m") {
		t.Errorf("no colour in %q", colored.String())
	}
}

// TestSpanRowsKeepsEverySpan holds whatever the parents say: each span stands in the tree once.
func TestSpanRowsKeepsEverySpan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		spans := make([]app.Span, n)
		for i := range spans {
			spans[i].ID = string(rune('a' + i))
			spans[i].Parent = string(rune('a' + rapid.IntRange(-1, n+1).Draw(t, "parent")))
		}
		seen := map[string]bool{}
		for _, row := range spanRows(spans) {
			if seen[row.span.ID] {
				t.Fatalf("span %s is there twice", row.span.ID)
			}
			seen[row.span.ID] = true
		}
		if len(seen) != n {
			t.Fatalf("%d of %d spans are shown", len(seen), n)
		}
	})
}

func TestCourse(t *testing.T) {
	within := app.Since(noon, 24*time.Hour)
	got := sparkline([]app.Point{{At: within.From, Value: 0}, {At: within.From.Add(time.Hour), Value: 5},
		{At: noon.Add(-time.Minute), Value: 10}, {At: noon, Value: 99}}, within)
	runes := []rune(got)
	if len(runes) != sparklineWidth || runes[0] != '▁' || runes[1] == '▁' || runes[2] != ' ' {
		t.Errorf("course = %q", got)
	}
}

// What AWS keeps by five minutes only is joined with what it keeps by one, as in the window.
func TestOldDatapointsAreJoined(t *testing.T) {
	s := filled()
	minutes := s.series[0]
	old := minutes
	old.Period = 5 * time.Minute
	old.Points = []app.Point{{At: noon.AddDate(0, 0, -16), Value: 7}}
	s.series = []app.Series{minutes, old}
	r := run(t, s, "metrics", "--since", "20d")
	if r.code != ExitOK || strings.Count(r.out, minutes.Statistic+" 5 min ") != 1 ||
		strings.Count(r.out, minutes.Statistic) != 1 ||
		!strings.Contains(r.out, " 7 ms ") || !strings.Contains(r.out, " 2.4 s ") {
		t.Errorf("exit %d\n%s%s", r.code, r.out, r.err)
	}
	if r := run(t, s, "metrics", "--since", "1d"); strings.Contains(r.out, " 5 min ") {
		t.Errorf("nothing is that old\n%s", r.out)
	}
}

// TestConditionsAreTheWindows holds that an alarm's condition and state are said as the alarm board and the drawer say
// them.
func TestConditionsAreTheWindows(t *testing.T) {
	s := filled()
	r := run(t, s, "alarms", "--gone")
	for _, a := range s.alarms {
		line := r.out[strings.Index(r.out, "  "+a.Name+"  "):]
		line, _, _ = strings.Cut(line, "\n")
		if want := phrase.AlarmCondition(a, depsOf(t, s).Presets); !strings.Contains(line, "  "+want+"  ") {
			t.Errorf("%q does not say %q", line, want)
		}
		if want := phrase.AlarmState(a.State); a.Gone.IsZero() && !strings.Contains(r.out, want+"  ") {
			t.Errorf("%q is not said of %s", want, a.Name)
		}
	}
}

func TestInsightsInTheTable(t *testing.T) {
	s := filled()
	s.trail = append(s.trail, app.TrailEvent{Scope: prod, ID: "i", At: noon.Add(-time.Minute), Type: app.InsightEvent,
		Raw: []byte(
			`{"insightDetails":{"eventSource":"ssm.amazonaws.com","eventName":"UpdateInstanceInformation",` +
				`"insightContext":{"statistics":{"baseline":{"average":85.4},` +
				`"insight":{"average":664}}}}}`)}.AsInsight())
	if r := run(t, s, "trail"); !strings.Contains(r.out,
		"Unusual rate of UpdateInstanceInformation  cloudtrail.amazonaws.com") ||
		!strings.Contains(r.out, "664 a minute, usually 85 ") {
		t.Error(r.out, r.err)
	}
}
