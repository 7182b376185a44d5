package conformance_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	trailsdk "github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	metricsdk "github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	logstypes "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	xraysdk "github.com/aws/aws-sdk-go-v2/service/xray"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/cloudtrail"
	"github.com/nephograph/nephograph/providers/cloudwatch"
	"github.com/nephograph/nephograph/providers/xray"
	"github.com/nephograph/nephograph/views/phrase"
)

// Inputs as AWS, runtimes and people's machines really make them, and what is right for them. They lie beside the
// project, where they can be had.
const casesFolder = "../../../shared/cases"

func TestCases(t *testing.T) {
	if _, err := os.Stat(casesFolder); err != nil {
		t.Skip(casesFolder + " is not here")
	}
	for name, check := range map[string]func(*testing.T, caseFolder){
		"01-level-container-logs": factsAre(
			app.LogFacts{Level: app.LevelError, RequestID: "45da14d9-bbb2-4906-988c-9e8aead17f59"},
			app.LogFacts{Level: app.LevelError},
			app.LogFacts{Level: app.LevelError}, app.LogFacts{Level: app.LevelError},
			app.LogFacts{Level: app.LevelError, TraceID: caseTrace}),
		"02-level-ansi": both(finds(map[string][]int{"status:507": {2}, `"disk status"`: {2}}),
			factsAre(app.LogFacts{Level: app.LevelError, RequestID: "7f3a9b2c1d"}, app.LogFacts{Level: app.LevelWarn})),
		"03-level-dotnet-console": levelsAre(app.LevelError, app.LevelError, app.LevelDebug, app.LevelDebug),
		"04-level-numeric":        levelsAre(app.LevelInfo, app.LevelWarn, app.LevelError, app.LevelError),
		"05-level-json-names":     levelsAre(slices.Repeat([]app.Level{app.LevelError}, 8)...),
		"06-level-prose":          levelsAre(app.LevelNone, app.LevelInfo, app.LevelError, app.LevelWarn),
		"07-lambda-timed-out": factsAre(app.LogFacts{Level: app.LevelError,
			RequestID: "4725a167-21a7-5731-99c2-c3d0e3dfd772"}),
		"08-lambda-platform-json": factsAre(
			app.LogFacts{Level: app.LevelError, RequestID: "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa", TraceID: caseTrace},
			app.LogFacts{RequestID: "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa"}),
		"09-trace-id-with-entity": factsAre(app.LogFacts{TraceID: caseTrace}, app.LogFacts{TraceID: caseTrace}),
		"10-search-json-escapes": finds(map[string][]int{
			"café": {1}, "city:München": {1}, "https://shop.test/a": {2}, "<nil>": {3}, "a=1&b=2": {3},
			`"he said \"no\""`: {4},
			`C:\Temp`:          {5}, "\U0001F600": {6},
		}),
		"11-search-unicode-case": finds(map[string][]int{"münchen": {1, 2}, "платёж": {3, 4},
			"/(?i)münchen/": {1, 2}}),
		"12-search-nested-names": finds(map[string][]int{"user.id:42": {1}, `request.path:"/login"`: {1},
			"id:42": {1}, "request.id:42": nil}),
		"13-search-end-of-line": finds(map[string][]int{"/done$/": {1, 2, 3, 4}, "/^job done$/": {1, 2, 3}}),
		"14-search-reserved-names": finds(map[string][]int{"level:30": {1}, `"group":admins`: {2},
			"request.method:get": {3}}),
		"16-trace-wrong-type": func(t *testing.T, c caseFolder) {
			page := c.traces(t)
			if len(page.Problems) > 0 || len(page.Items) != 1 || len(page.Items[0].Spans) != 3 {
				t.Fatalf("%+v", page)
			}
			s := page.Items[0].Spans
			if !s[0].Fault || s[1].HTTP == nil || s[1].HTTP.Status != 500 || s[1].HTTP.Length != 256 ||
				s[2].ID != "6000000000000003" {
				t.Errorf("%+v", s)
			}
		},
		"17-trace-links": func(t *testing.T, c caseFolder) {
			if s := c.traces(t).Items[0].Spans; !slices.Equal(s[0].Links,
				[]string{"1-62e900a0-000000000000000000000001"}) {
				t.Errorf("%+v", s)
			}
		},
		"18-trail-failed-sign-in": func(t *testing.T, c caseFolder) {
			e := c.trail(t)
			if e[0].ErrorCode == "" || e[0].ErrorMessage != "Failed authentication" || e[0].Change() ||
				e[1].ErrorCode != "" || e[1].Change() {
				t.Errorf("%+v", e)
			}
		},
		"19-trail-read-only-beside": func(t *testing.T, c caseFolder) {
			if e := c.trail(t); !e[0].ReadOnly {
				t.Errorf("%+v", e)
			}
		},
		"20-trail-who": func(t *testing.T, c caseFolder) {
			if e := c.trail(t); e[0].Principal.Name() != "ada" ||
				e[1].Principal.Name() != "444455556666/deploy-session" {
				t.Errorf("%+v", e)
			}
		},
		"21-alarm-other-account": func(t *testing.T, c caseFolder) {
			a := c.alarms(t)[0]
			r, ok := a.Reading()
			if !ok || r.OwningAccount != "444455556666" {
				t.Fatalf("%+v", a)
			}
			var asked []string
			api := metricsAPI{data: func(in *metricsdk.GetMetricDataInput) *metricsdk.GetMetricDataOutput {
				for _, q := range in.MetricDataQueries {
					asked = append(asked, aws.ToString(q.AccountId))
				}
				return &metricsdk.GetMetricDataOutput{}
			}}
			for range cloudwatch.New(api, caseScope).Series(t.Context(),
				app.SeriesQuestion{Readings: a.Readings(), Range: app.Since(time.Now(), time.Hour)}) {
			}
			if !slices.Equal(asked, []string{"444455556666"}) {
				t.Errorf("asked of %v", asked)
			}
		},
		"22-composite-suppressed": func(t *testing.T, c caseFolder) {
			if a := c.alarms(t)[0]; !a.Suppressed() || a.Suppressor() != "maintenance" ||
				phrase.Suppressed(a) != "actions suppressed by maintenance" {
				t.Errorf("%+v", a.Suppression)
			}
		},
		"23-logs-infrequent-access": func(t *testing.T, c caseFolder) {
			var answer struct{ LogGroups []logstypes.LogGroup }
			c.answer(t, "DescribeLogGroups", &answer)
			for i, want := range []bool{false, true} {
				if g := (app.LogGroup{Class: string(answer.LogGroups[i].LogGroupClass)}); g.Filtered() != want {
					t.Errorf("%+v", g)
				}
			}
		},
		"25-profile-in-quotes": func(t *testing.T, c caseFolder) {
			t.Setenv("AWS_CONFIG_FILE", filepath.Join(string(c), "config"))
			t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
			if cfg, err := providers.Connect(t.Context(), providers.Profile{Name: "my prod"},
				providers.Options{}); err != nil || cfg.Region != "eu-west-1" {
				t.Errorf("%v, Region %q", err, cfg.Region)
			}
		},
		"28-metric-five-minutes": func(t *testing.T, c caseFolder) {
			a := c.alarms(t)[0]
			r, ok := a.Reading()
			if !ok || r.Period != 5*time.Minute {
				t.Fatalf("%+v", a)
			}
			r.Period = time.Minute
			s, start := app.Series{Reading: r}, time.Now().Truncate(5*time.Minute)
			for i := range 12 {
				s.Points = append(s.Points, app.Point{At: start.Add(time.Duration(i) * 5 * time.Minute), Value: 40})
			}
			if s.Every() != 5*time.Minute {
				t.Errorf("there is a datapoint every %v", s.Every())
			}
		},
	} {
		t.Run(name, func(t *testing.T) { check(t, caseFolder(filepath.Join(casesFolder, name))) })
	}
}

const caseTrace = app.TraceID("1-62e900b2-710d76f009d6e7785905449a")

// caseFolder is the folder of a case.
type caseFolder string

// answer reads what AWS answered to an operation.
func (c caseFolder) answer(t *testing.T, operation string, answer any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(string(c), "input.json"))
	if err != nil {
		t.Fatal(err)
	}
	var operations map[string]json.RawMessage
	if err := json.Unmarshal(text, &operations); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(operations[operation], answer); err != nil {
		t.Fatalf("%s: %v", operation, err)
	}
}

// messages are those of the log events.
func (c caseFolder) messages(t *testing.T) (all []string) {
	t.Helper()
	var answer struct{ Events []struct{ Message string } }
	c.answer(t, "FilterLogEvents", &answer)
	for _, e := range answer.Events {
		all = append(all, e.Message)
	}
	return all
}

func factsAre(want ...app.LogFacts) func(*testing.T, caseFolder) {
	return func(t *testing.T, c caseFolder) {
		messages := c.messages(t)
		if len(messages) != len(want) {
			t.Fatalf("%d messages, want %d", len(messages), len(want))
		}
		for i, m := range messages {
			if got := app.ReadFacts(m); got != want[i] {
				t.Errorf("%q: %+v, want %+v", m, got, want[i])
			}
		}
	}
}

func levelsAre(levels ...app.Level) func(*testing.T, caseFolder) {
	var want []app.LogFacts
	for _, l := range levels {
		want = append(want, app.LogFacts{Level: l})
	}
	return factsAre(want...)
}

func both(checks ...func(*testing.T, caseFolder)) func(*testing.T, caseFolder) {
	return func(t *testing.T, c caseFolder) {
		for _, check := range checks {
			check(t, c)
		}
	}
}

// finds keeps the log events of a case and searches them; the events count from 1.
func finds(want map[string][]int) func(*testing.T, caseFolder) {
	return func(t *testing.T, c caseFolder) {
		d, err := cache.Open(t.Context(), filepath.Join(t.TempDir(), "case.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		scope, start := app.Scope{Account: "111122223333", Region: "eu-west-1"},
			time.Now().Add(-time.Hour).Truncate(time.Second)
		var events []app.LogEvent
		for i, m := range c.messages(t) {
			events = append(events, app.LogEvent{Scope: scope, Group: "g", Stream: "s", ID: strconv.Itoa(i + 1),
				At:      start.Add(time.Duration(i) * time.Second),
				Message: m, LogFacts: app.ReadFacts(m)})
		}
		if _, err := d.KeepLogEvents(t.Context(), events); err != nil {
			t.Fatal(err)
		}
		for text, numbers := range want {
			asked, err := query.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			result, err := d.SearchLogs(t.Context(),
				asked.Narrow(app.LogQuery{Range: app.Range{From: start, To: start.Add(time.Hour)}}))
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, e := range result.Events {
				n, _ := strconv.Atoi(e.ID)
				got = append(got, n)
			}
			if !slices.Equal(got, numbers) {
				t.Errorf("%s finds %v, want %v", text, got, numbers)
			}
		}
	}
}

var caseScope = app.Scope{Account: "111122223333", Region: "eu-west-1"}

type tracesAPI struct {
	xray.API
	answer *xraysdk.BatchGetTracesOutput
}

func (a tracesAPI) BatchGetTraces(context.Context, *xraysdk.BatchGetTracesInput,
	...func(*xraysdk.Options)) (*xraysdk.BatchGetTracesOutput, error) {
	return a.answer, nil
}

// traces reads the traces of a case through the source.
func (c caseFolder) traces(t *testing.T) (page app.Page[app.Trace]) {
	t.Helper()
	answer := &xraysdk.BatchGetTracesOutput{}
	c.answer(t, "BatchGetTraces", answer)
	for p, err := range xray.New(tracesAPI{answer: answer}, caseScope).Traces(t.Context(),
		app.TracesQuestion{IDs: []app.TraceID{caseTrace}}) {
		if err != nil {
			t.Fatal(err)
		}
		page = p
	}
	return page
}

type trailAPI struct{ answer *trailsdk.LookupEventsOutput }

func (a trailAPI) LookupEvents(context.Context, *trailsdk.LookupEventsInput,
	...func(*trailsdk.Options)) (*trailsdk.LookupEventsOutput, error) {
	return a.answer, nil
}

// trail reads the trail events of a case through the source, in their order.
func (c caseFolder) trail(t *testing.T) (events []app.TrailEvent) {
	t.Helper()
	answer := &trailsdk.LookupEventsOutput{}
	c.answer(t, "LookupEvents", answer)
	for p, err := range cloudtrail.New(trailAPI{answer}, caseScope).Trail(t.Context(),
		app.TrailQuestion{Range: app.Since(time.Now(), time.Hour)}) {
		if err != nil || len(p.Problems) > 0 {
			t.Fatal(err, p.Problems)
		}
		events = append(events, p.Items...)
	}
	return events
}

type metricsAPI struct {
	cloudwatch.API
	alarms *metricsdk.DescribeAlarmsOutput
	data   func(*metricsdk.GetMetricDataInput) *metricsdk.GetMetricDataOutput
}

func (a metricsAPI) DescribeAlarms(context.Context, *metricsdk.DescribeAlarmsInput,
	...func(*metricsdk.Options)) (*metricsdk.DescribeAlarmsOutput, error) {
	return a.alarms, nil
}

func (a metricsAPI) GetMetricData(_ context.Context, in *metricsdk.GetMetricDataInput,
	_ ...func(*metricsdk.Options)) (*metricsdk.GetMetricDataOutput, error) {
	return a.data(in), nil
}

// alarms reads the alarms of a case through the source.
func (c caseFolder) alarms(t *testing.T) (alarms []app.Alarm) {
	t.Helper()
	answer := &metricsdk.DescribeAlarmsOutput{}
	c.answer(t, "DescribeAlarms", answer)
	for p, err := range cloudwatch.New(metricsAPI{alarms: answer}, caseScope).Alarms(t.Context(),
		app.AlarmsQuestion{}) {
		if err != nil {
			t.Fatal(err)
		}
		alarms = append(alarms, p.Items...)
	}
	return alarms
}
