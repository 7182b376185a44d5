package phrase

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
)

func TestSuspectsInWords(t *testing.T) {
	seen := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	tell := SuspectTeller{Moment: func(t time.Time) string { return ClockMinutes(t, time.UTC) }}
	errors := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: "checkout"})
	of := func(unit string) *insight.MetricHistory {
		return &insight.MetricHistory{Series: app.Series{Reading: app.Reading{Metric: errors, Statistic: "Sum"},
			Unit: unit}}
	}
	change := app.TrailEvent{Name: "UpdateTable",
		Principal: app.Principal{User: "deploy-role", Session: "pipeline-482"}}
	for _, c := range []struct {
		suspect         insight.Suspect
		title, evidence string
	}{
		{insight.Suspect{Kind: insight.ChangeSuspect, Name: "UpdateTable orders", At: seen.Add(-90 * time.Second),
			Change: &change, Leads: []int{1}}, "UpdateTable orders",
			"By deploy-role/pipeline-482 at 08:58, 1 min before. What it changed went wrong afterwards."},
		{insight.Suspect{Kind: insight.LimitSuspect, Name: "checkout", Metric: of("Count"),
			Limit: &insight.AtLimit{At: seen, Is: 90, Limit: 100}}, "checkout is at its limit",
			"Errors: 90 of 100 that are allowed, since 09:00."},
		{insight.Suspect{Kind: insight.LimitSuspect, Name: "checkout", Metric: of("Count"),
			Limit: &insight.AtLimit{At: seen, Is: 90}}, "checkout is at its limit",
			"Errors: 90 since 09:00. Requests were refused for want of capacity."},
		{insight.Suspect{Kind: insight.ServiceSuspect, Name: "orders",
			Service: &insight.ServiceExcess{Kind: insight.Slow, Was: 0.01, Is: 0.57, Share: 1.2}},
			"orders is slow by itself",
			"A request took 570 ms in the mean, 10 ms before. Without what it calls, it accounts for 100 % of the " +
				"symptom."},
		{insight.Suspect{Kind: insight.ServiceSuspect, Name: "orders", Calls: []string{"invalid"},
			Service: &insight.ServiceExcess{Kind: insight.Failing, Is: 0.25, Share: 0.5}}, "orders fails by itself",
			"25 % of its requests failed, 0 % before. Without what it calls, it accounts for 50 % of the symptom. " +
				"It calls invalid, which it did not before."},
		{insight.Suspect{Kind: insight.MetricSuspect, Name: "checkout", Metric: of("Count"),
			Break: &insight.BreakAway{At: seen, Was: 1, Is: 40}}, "Errors of checkout broke away",
			"Errors went from 1 to 40 at 09:00."},
		{insight.Suspect{Kind: insight.PatternSuspect, Name: "/aws/lambda/checkout", Pattern: &insight.LogPattern{
			Group: "/aws/lambda/checkout", New: true, Level: app.LevelError, Count: 7, First: seen, Text: "it\nbroke"}},
			"New errors in the logs of checkout", "7 events since 09:00, none before: "},
		{insight.Suspect{Kind: insight.PatternSuspect, Name: "/ecs/worker", Pattern: &insight.LogPattern{
			Group: "/ecs/worker", Surging: true, Level: app.LevelWarn, Count: 700, Before: 9, First: seen,
			Text: "slow"}},
			"More warnings in the logs of worker", "700 events, 9 in the 4 h before: slow"},
		{insight.Suspect{Kind: insight.PatternSuspect, Name: "/ecs/worker", Refused: true, Pattern: &insight.LogPattern{
			Group: "/ecs/worker", New: true, Count: 7, First: seen, Text: "token expired"}},
			"Credentials or a certificate refused, worker", "7 events since 09:00, none before: token expired"},
	} {
		e := insight.Explanation{Symptom: insight.Symptom{At: seen}}
		if got := tell.Title(c.suspect); got != c.title {
			t.Errorf("title %q, want %q", got, c.title)
		}
		got := tell.Evidence(c.suspect, e)
		if !strings.HasPrefix(got, c.evidence) || strings.ContainsAny(got, "\n\x1b") {
			t.Errorf("evidence %q, want %q", got, c.evidence)
		}
	}
}

func TestGapsAndChecksInWords(t *testing.T) {
	from := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	tell := SuspectTeller{Moment: func(t time.Time) string { return ClockMinutes(t, time.UTC) }}
	within := app.Range{From: from, To: from.Add(time.Hour)}
	for _, c := range []struct {
		gap  insight.Gap
		want string
	}{
		{insight.Gap{Signal: app.Traces, Kind: insight.NotPulled, Range: within},
			"Traces are not in the cache for 09:00 to 10:00."},
		{insight.Gap{Signal: app.Logs, Kind: insight.InPart, Names: []string{"/ecs/worker"}, N: 1, Range: within},
			"Log events of /ecs/worker are in the cache for a part of 09:00 to 10:00 only."},
		{insight.Gap{Signal: app.Traces, Kind: insight.Sampled, N: 1},
			"Traces are a sample: X-Ray keeps some requests " +
				"only; this looked at 1 trace."},
		{insight.Gap{Signal: app.Traces, Kind: insight.TooFew, Range: within},
			"Traces are too few in 09:00 to 10:00 to say what is usual."},
		{insight.Gap{Signal: app.Logs, Kind: insight.LeftOut, Range: within},
			"Log events are more than is looked at; the oldest were left out, of 09:00 to 10:00."},
	} {
		if got := tell.Unknown(c.gap); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	e := insight.Explanation{Checked: []insight.Check{{Kind: insight.ChangeSuspect},
		{Kind: insight.LimitSuspect, Looked: 2},
		{Kind: insight.MetricSuspect, Looked: 5, Found: 1}}}
	if got := strings.Join(NotFound(e),
		"; "); got != "no change in the 2 h before; 2 metrics with a limit, none of a resource at it" {
		t.Error(got)
	}
}
