package conformance_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awscloudtrail "github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	awscloudwatch "github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	awslogs "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	awstagging "github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	awsxray "github.com/aws/aws-sdk-go-v2/service/xray"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/providers/cloudtrail"
	"github.com/nephograph/nephograph/providers/cloudwatch"
	"github.com/nephograph/nephograph/providers/cloudwatchlogs"
	"github.com/nephograph/nephograph/providers/conformance"
	"github.com/nephograph/nephograph/providers/resources"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/providers/xray"
)

// TestSources puts every source through the suite over a small version of the demo's world.
func TestSources(t *testing.T) {
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	text, err := assets.Scenario("shop")
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := world.ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	anchor := time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)
	w, err := world.Make(scenario, world.Options{Seed: 1, Anchor: anchor, Scale: 0.02})
	if err != nil {
		t.Fatal(err)
	}
	crowd(w)
	conformance.Run(t, w, presets,
		metrics(), series(presets), alarms(), contributors(), muteRules(), muteRule(), detectors(), tags(), history(),
		groups(), events(), queries(), definitions(), rows(), summaries(), traces(), graph(),
		trail())
}

// crowd gives the first place as much beside its alarms as takes several pages, of which the demo has little.
func crowd(w *world.World) {
	p := w.Places[0]
	failing := slices.IndexFunc(p.Alarms, func(a app.Alarm) bool { return a.Name == "functions-failing" })
	for i := range 120 {
		name := fmt.Sprintf("n%03d", i)
		p.Alarms[failing].Contributors = append(p.Alarms[failing].Contributors, app.AlarmContributor{ID: name,
			Attributes: map[string]string{"FunctionName": name}, Reason: "crossed", Since: w.Range.To.Add(-time.Hour)})
		p.MuteRules = append(p.MuteRules, app.MuteRule{Scope: p.Scope,
			ARN: "arn:aws:cloudwatch:" + p.Scope.Region + ":" +
				p.Scope.Account + ":alarm-mute-rule:" + name, Updated: w.Range.From, Alarms: []string{"worker-disk"},
			Mute: app.Mute{Name: name, Status: app.MuteExpired, Schedule: "at(2025-01-01T00:00)", Length: "PT1H",
				Start: w.Range.From.Add(-time.Hour), Expire: w.Range.To}})
		metric := app.NewMetric("Shop", name)
		p.Detectors = append(p.Detectors, app.AnomalyDetector{ID: name, State: app.DetectorPending, Metric: &metric,
			Statistic: "p99"})
	}
}

func whole[T any](items func(*world.Place) []T) func(*world.Place, app.Range) []T {
	return func(p *world.Place, _ app.Range) []T { return items(p) }
}

// within keeps the items of a range.
func within[T any](items func(*world.Place) []T, at func(T) time.Time) func(*world.Place, app.Range) []T {
	return func(p *world.Place, r app.Range) []T {
		return slices.DeleteFunc(slices.Clone(items(p)), func(item T) bool { return !r.Contains(at(item)) })
	}
}

func ask[Q any](question func(app.Range) Q) func(*world.Place, app.Range) []Q {
	return func(_ *world.Place, r app.Range) []Q { return []Q{question(r)} }
}

func metrics() conformance.Case {
	return conformance.Of(conformance.Spec[app.MetricsQuestion, app.Metric]{
		Operation: app.ListMetrics,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.MetricsQuestion, app.Metric] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).Metrics
		},
		Ask:  ask(func(app.Range) app.MetricsQuestion { return app.MetricsQuestion{} }),
		Want: whole(recorded),
		Key:  app.Metric.Key,
	})
}

func recorded(p *world.Place) []app.Metric {
	var all []app.Metric
	for _, r := range p.Metrics {
		all = append(all, r.Metric)
	}
	return all
}

func series(presets app.Presets) conformance.Case {
	want := func(p *world.Place, r app.Range) []app.Series {
		all := p.Series(presets, r)
		for i := range all {
			all[i].Unit = "" // which GetMetricData does not say
		}
		return all
	}
	return conformance.Of(conformance.Spec[app.SeriesQuestion, app.Series]{
		Operation: app.GetMetricData,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.SeriesQuestion, app.Series] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).Series
		},
		Ask: func(p *world.Place, r app.Range) []app.SeriesQuestion {
			var withPoints []app.Reading // the world leaves series without a point out
			for _, s := range want(p, r) {
				withPoints = append(withPoints, s.Reading)
			}
			return []app.SeriesQuestion{{Readings: withPoints, Range: r}}
		},
		Want: want,
		Key:  func(s app.Series) string { return s.Reading.Key() },
	})
}

func alarms() conformance.Case {
	return conformance.Of(conformance.Spec[app.AlarmsQuestion, app.Alarm]{
		Operation: app.DescribeAlarms,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.AlarmsQuestion, app.Alarm] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).Alarms
		},
		Ask:  ask(func(app.Range) app.AlarmsQuestion { return app.AlarmsQuestion{} }),
		Want: whole(func(p *world.Place) []app.Alarm { return p.Alarms }),
		Key:  func(a app.Alarm) string { return a.Name },
		Told: func(a app.Alarm) app.Alarm { a.Tags, a.Contributors, a.Mutes = nil, nil, nil; return a },
	})
}

func contributors() conformance.Case {
	return conformance.Of(conformance.Spec[app.AlarmContributorsQuestion, app.AlarmContributor]{
		Operation: app.DescribeAlarmContributors,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.AlarmContributorsQuestion, app.AlarmContributor] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).AlarmContributors
		},
		Ask: func(p *world.Place, _ app.Range) (all []app.AlarmContributorsQuestion) {
			for _, a := range p.Alarms {
				all = append(all, app.AlarmContributorsQuestion{Alarm: a.Name})
			}
			return all
		},
		Want: whole(func(p *world.Place) (all []app.AlarmContributor) {
			for _, a := range p.Alarms {
				all = append(all, a.Contributors...)
			}
			return all
		}),
		Key: func(c app.AlarmContributor) string { return c.ID },
	})
}

func muteRules() conformance.Case {
	return conformance.Of(conformance.Spec[app.MuteRulesQuestion, app.MuteRule]{
		Operation: app.ListAlarmMuteRules,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.MuteRulesQuestion, app.MuteRule] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).MuteRules
		},
		Ask:  ask(func(app.Range) app.MuteRulesQuestion { return app.MuteRulesQuestion{} }),
		Want: whole(func(p *world.Place) []app.MuteRule { return p.MuteRules }),
		Key:  func(r app.MuteRule) string { return r.ARN },
		Told: func(r app.MuteRule) app.MuteRule {
			r.Description, r.Schedule, r.Length, r.Zone, r.Start, r.Alarms = "", "", "", "", time.Time{}, nil
			return r
		},
	})
}

func muteRule() conformance.Case {
	return conformance.Of(conformance.Spec[app.MuteRuleQuestion, app.MuteRule]{
		Operation: app.GetAlarmMuteRule,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.MuteRuleQuestion, app.MuteRule] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).MuteRule
		},
		Ask: func(p *world.Place, _ app.Range) (all []app.MuteRuleQuestion) {
			for _, r := range p.MuteRules {
				all = append(all, app.MuteRuleQuestion{Name: r.Name})
			}
			return all
		},
		Want: whole(func(p *world.Place) []app.MuteRule { return p.MuteRules }),
		Key:  func(r app.MuteRule) string { return r.ARN },
	})
}

func detectors() conformance.Case {
	return conformance.Of(conformance.Spec[app.AnomalyDetectorsQuestion, app.AnomalyDetector]{
		Operation: app.DescribeAnomalyDetectors,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.AnomalyDetectorsQuestion, app.AnomalyDetector] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).AnomalyDetectors
		},
		Ask:  ask(func(app.Range) app.AnomalyDetectorsQuestion { return app.AnomalyDetectorsQuestion{} }),
		Want: whole(func(p *world.Place) []app.AnomalyDetector { return p.Detectors }),
		Key:  func(d app.AnomalyDetector) string { return d.ID },
	})
}

func tags() conformance.Case {
	return conformance.Of(conformance.Spec[app.TagsQuestion, app.Tagged]{
		Operation: app.GetResources,
		Open: func(cfg aws.Config, _ app.Scope) app.Source[app.TagsQuestion, app.Tagged] {
			return resources.New(awstagging.NewFromConfig(cfg)).Tags
		},
		Ask:  ask(func(app.Range) app.TagsQuestion { return app.TagsQuestion{Types: []string{app.AlarmType}} }),
		Want: whole((*world.Place).Tagged),
		Key:  func(r app.Tagged) string { return r.ARN },
	})
}

func history() conformance.Case {
	at := func(h app.AlarmHistoryItem) time.Time { return h.At }
	return conformance.Of(conformance.Spec[app.AlarmHistoryQuestion, app.AlarmHistoryItem]{
		Operation: app.DescribeAlarmHistory,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.AlarmHistoryQuestion, app.AlarmHistoryItem] {
			return cloudwatch.New(awscloudwatch.NewFromConfig(cfg), s).AlarmHistory
		},
		Ask:  ask(func(r app.Range) app.AlarmHistoryQuestion { return app.AlarmHistoryQuestion{Range: r} }),
		Want: within(func(p *world.Place) []app.AlarmHistoryItem { return p.History }, at),
		Key: func(h app.AlarmHistoryItem) string {
			return fmt.Sprint(h.Alarm, h.At, h.Kind, h.Summary, h.Contributor)
		},
		At: at,
	})
}

func groups() conformance.Case {
	return conformance.Of(conformance.Spec[app.LogGroupsQuestion, app.LogGroup]{
		Operation: app.DescribeLogGroups,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.LogGroupsQuestion, app.LogGroup] {
			return cloudwatchlogs.New(awslogs.NewFromConfig(cfg), s).LogGroups
		},
		Ask:  ask(func(app.Range) app.LogGroupsQuestion { return app.LogGroupsQuestion{} }),
		Want: whole(func(p *world.Place) []app.LogGroup { return p.Groups }),
		Key:  func(g app.LogGroup) string { return g.Name },
	})
}

func events() conformance.Case {
	at := func(e app.LogEvent) time.Time { return e.At }
	return conformance.Of(conformance.Spec[app.LogEventsQuestion, app.LogEvent]{
		Operation: app.FilterLogEvents,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.LogEventsQuestion, app.LogEvent] {
			return cloudwatchlogs.New(awslogs.NewFromConfig(cfg), s).LogEvents
		},
		Ask: func(p *world.Place, r app.Range) []app.LogEventsQuestion {
			var questions []app.LogEventsQuestion
			for _, g := range p.Groups {
				questions = append(questions, app.LogEventsQuestion{Group: g.Name, Range: r})
			}
			return questions
		},
		Want: within(func(p *world.Place) []app.LogEvent {
			var all []app.LogEvent
			for _, events := range p.Events {
				all = append(all, events...)
			}
			return all
		}, at),
		Key: func(e app.LogEvent) string { return e.Group + " " + e.ID },
		At:  at,
	})
}

// rows asks Logs Insights for all events: the rows are those that FilterLogEvents gives.
func rows() conformance.Case {
	at := func(r app.LogRow) time.Time {
		t, _ := time.Parse("2006-01-02 15:04:05.000", r.Fields[0].Value)
		return t
	}
	return conformance.Of(conformance.Spec[app.InsightsQuestion, app.LogRow]{
		Operation: app.StartQuery, With: []app.Operation{app.GetQueryResults, app.StopQuery},
		Stops: 2, // a query that runs is stopped, and what it has scanned is asked for
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.InsightsQuestion, app.LogRow] {
			return cloudwatchlogs.New(awslogs.NewFromConfig(cfg), s).Insights
		},
		Ask: func(p *world.Place, r app.Range) []app.InsightsQuestion {
			var names []string
			for _, g := range p.Groups {
				names = append(names, g.Name)
			}
			return []app.InsightsQuestion{{Text: "fields @timestamp, @log, @message", Groups: names, Range: r}}
		},
		Want: within(func(p *world.Place) []app.LogRow {
			var all []app.LogRow
			for _, events := range p.Events {
				for _, e := range events {
					all = append(all, app.LogRow{Ptr: e.ID, Fields: []app.LogField{
						{Name: "@timestamp", Value: e.At.Format("2006-01-02 15:04:05.000")},
						{Name: "@log", Value: e.Account + ":" + e.Group}, {Name: "@message", Value: e.Message}}})
				}
			}
			return all
		}, at),
		Key: func(r app.LogRow) string { return r.Fields[1].Value + " " + r.Ptr },
	})
}

func queries() conformance.Case {
	return conformance.Of(conformance.Spec[app.QueriesQuestion, app.InsightsQuery]{
		Operation: app.DescribeQueries,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.QueriesQuestion, app.InsightsQuery] {
			return cloudwatchlogs.New(awslogs.NewFromConfig(cfg), s).Queries
		},
		Ask:  ask(func(app.Range) app.QueriesQuestion { return app.QueriesQuestion{Status: "Complete"} }),
		Want: whole(func(p *world.Place) []app.InsightsQuery { return p.Queries }),
		Key:  func(q app.InsightsQuery) string { return q.ID },
	})
}

func definitions() conformance.Case {
	return conformance.Of(conformance.Spec[app.QueryDefinitionsQuestion, app.QueryDefinition]{
		Operation: app.DescribeQueryDefinitions,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.QueryDefinitionsQuestion, app.QueryDefinition] {
			return cloudwatchlogs.New(awslogs.NewFromConfig(cfg), s).QueryDefinitions
		},
		Ask:  ask(func(app.Range) app.QueryDefinitionsQuestion { return app.QueryDefinitionsQuestion{} }),
		Want: whole(func(p *world.Place) []app.QueryDefinition { return p.Definitions }),
		Key:  func(d app.QueryDefinition) string { return d.ID },
	})
}

func started(t app.Trace) time.Time { return t.Start }

func id(t app.Trace) string { return string(t.ID) }

func sampled(p *world.Place) []app.Trace { return p.Traces }

func summaries() conformance.Case {
	return conformance.Of(conformance.Spec[app.TraceSummariesQuestion, app.Trace]{
		Operation: app.GetTraceSummaries,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.TraceSummariesQuestion, app.Trace] {
			return xray.New(awsxray.NewFromConfig(cfg), s).TraceSummaries
		},
		Ask:  ask(func(r app.Range) app.TraceSummariesQuestion { return app.TraceSummariesQuestion{Range: r} }),
		Want: within(sampled, started),
		Key:  id,
		At:   started,
		Told: func(t app.Trace) app.Trace { t.Spans, t.Limited = nil, false; return t },
	})
}

// segments is what BatchGetTraces says of a trace; the rest stands in its summary.
func segments(t app.Trace) app.Trace {
	return app.Trace{Scope: t.Scope, ID: t.ID, Start: t.Start, Duration: t.Duration, Partial: t.Partial,
		Limited: t.Limited, Spans: t.Spans}
}

func traces() conformance.Case {
	return conformance.Of(conformance.Spec[app.TracesQuestion, app.Trace]{
		Operation: app.BatchGetTraces,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.TracesQuestion, app.Trace] {
			return xray.New(awsxray.NewFromConfig(cfg), s).Traces
		},
		Ask: func(p *world.Place, r app.Range) []app.TracesQuestion {
			var q app.TracesQuestion
			for _, t := range p.Traces {
				q.IDs = append(q.IDs, t.ID)
			}
			return []app.TracesQuestion{q}
		},
		Want: whole(sampled),
		Key:  id,
		Told: segments,
	})
}

func graph() conformance.Case {
	const window = 6 * time.Hour
	return conformance.Of(conformance.Spec[app.ServiceGraphQuestion, app.ServiceGraph]{
		Operation: app.GetServiceGraph,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.ServiceGraphQuestion, app.ServiceGraph] {
			return xray.New(awsxray.NewFromConfig(cfg), s).ServiceGraph
		},
		Ask: ask(func(r app.Range) app.ServiceGraphQuestion { return app.ServiceGraphQuestion{Range: r} }),
		Want: func(p *world.Place, r app.Range) []app.ServiceGraph {
			var all []app.ServiceGraph
			for _, w := range r.Split(window) {
				all = append(all, p.Graph(w))
			}
			return all
		},
		Key: func(g app.ServiceGraph) string { return g.Range.From.String() },
	})
}

func trail() conformance.Case {
	at := func(e app.TrailEvent) time.Time { return e.At }
	return conformance.Of(conformance.Spec[app.TrailQuestion, app.TrailEvent]{
		Operation: app.LookupEvents,
		Open: func(cfg aws.Config, s app.Scope) app.Source[app.TrailQuestion, app.TrailEvent] {
			return cloudtrail.New(awscloudtrail.NewFromConfig(cfg), s).Trail
		},
		Ask:  ask(func(r app.Range) app.TrailQuestion { return app.TrailQuestion{Range: r} }),
		Want: within(func(p *world.Place) []app.TrailEvent { return p.Trail }, at),
		Key:  func(e app.TrailEvent) string { return e.ID },
		At:   at,
	})
}
