package terminal

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
)

// Finding is the result of one check of the doctor.
type Finding struct {
	Check  string `json:"check"` // cache, identity, or the AWS action that was tried
	Place  string `json:"place,omitempty"`
	OK     bool   `json:"ok"`
	Found  string `json:"found"`
	Remedy string `json:"remedy,omitempty"`
}

// doctor is the command that finds out why something does not work.
func (c *commandLine) doctor() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "Check the cache, the credentials and the permissions", Args: cobra.NoArgs,
		GroupID: "aws",
		Long: `Checks whether the cache is sound, whether AWS answers and as whom, and which permissions are missing, by
asking each service for a first small page, and Logs Insights for a second of one log group. That is
about a dozen and a half requests a place, which cost next to nothing. Exits with 1 if something is wrong.`,
		RunE: c.run(func(ctx context.Context, _ []string) error {
			findings, err := c.runChecks(ctx)
			if err != nil {
				return err
			}
			if err := c.report(findings); err != nil {
				return err
			}
			for _, f := range findings {
				if !f.OK {
					return errReported
				}
			}
			return nil
		}),
	}
}

// runChecks runs all checks. Its error is only that it was interrupted: everything else is a finding.
func (c *commandLine) runChecks(ctx context.Context) ([]Finding, error) {
	var findings []Finding
	sound := "sound"
	if there, err := c.deps.CacheExists(c.cache); err == nil && !there {
		sound = "there was none; it is made now, to keep the ledger of what is asked here"
	}
	store, err := c.deps.OpenCache(ctx, c.cache)
	if err != nil {
		return append(findings, finding("cache", "", "", err)), ctx.Err()
	}
	defer store.Close()
	findings = append(findings, finding("cache", "", sound, store.Check(ctx)))
	places, err := store.Connect(ctx, c.places())
	if err != nil {
		findings = append(findings, finding("configuration", "", "", err))
	}
	reached := store.Pull.Reach(ctx, pull.Want{Places: places}, nil)
	for i, status := range reached.Scopes {
		from, ok := places[i].Reached()
		if !ok {
			findings = append(findings, finding("identity", placeName(status), "", whyNot(status)))
			continue
		}
		findings = append(findings, finding("identity", placeName(status), status.Who.Name(), nil))
		findings = append(findings, tryActions(ctx, from, placeName(status), c.deps.Now())...)
	}
	return findings, ctx.Err()
}

func finding(check, place, found string, err error) Finding {
	f := Finding{Check: check, Place: place, OK: err == nil, Found: found}
	if err != nil {
		f.Found, f.Remedy = explain.Plainly(err)
	}
	return f
}

// recent is how far back the doctor asks: enough for a question, too little for a bill.
const recent = 5 * time.Minute

// noTrace is a trace id that no trace has: its time is 1970.
const noTrace app.TraceID = "1-00000000-000000000000000000000000"

// noName is an alarm and a mute rule that nobody has.
const noName = "nephograph-doctor"

// errUnreached is why a place was not asked before the doctor was interrupted.
var errUnreached = errors.New("it was not asked")

func whyNot(s pull.ScopeStatus) error {
	if s.Err == nil {
		return errUnreached
	}
	return s.Err
}

// tryActions asks every source of a place for a first page, in the order of app.Operations.
func tryActions(ctx context.Context, s pull.Sources, name string, now time.Time) []Finding {
	within := app.Since(now.UTC().Truncate(time.Minute), recent)
	invocations := app.Reading{Metric: app.NewMetric("AWS/Lambda", "Invocations"), Statistic: "Sum",
		Period: time.Minute}
	var group string
	var asked error // of a query of Logs Insights, which takes two operations
	tries := map[app.Operation]func() error{
		app.DescribeAlarms:            only(ctx, s.Alarms, app.AlarmsQuestion{}),
		app.DescribeAlarmHistory:      only(ctx, s.AlarmHistory, app.AlarmHistoryQuestion{Range: within}),
		app.DescribeAlarmContributors: only(ctx, s.Contributors, app.AlarmContributorsQuestion{Alarm: noName}),
		app.ListAlarmMuteRules:        only(ctx, s.MuteRules, app.MuteRulesQuestion{}),
		app.GetAlarmMuteRule:          only(ctx, s.MuteRule, app.MuteRuleQuestion{Name: noName}),
		app.DescribeAnomalyDetectors:  only(ctx, s.Detectors, app.AnomalyDetectorsQuestion{}),
		app.GetResources:              only(ctx, s.Tags, app.TagsQuestion{Types: []string{app.AlarmType}}),
		app.ListMetrics:               only(ctx, s.Metrics, app.MetricsQuestion{Namespace: invocations.Namespace}),
		app.GetMetricData: only(ctx, s.Series,
			app.SeriesQuestion{Readings: []app.Reading{invocations}, Range: within}),
		app.DescribeLogGroups: func() error {
			groups, err := firstPage(ctx, s.LogGroups, app.LogGroupsQuestion{})
			if len(groups) > 0 {
				group = groups[0].Name
			}
			return err
		},
		app.FilterLogEvents: func() error {
			_, err := firstPage(ctx, s.LogEvents, app.LogEventsQuestion{Group: group, Range: within})
			return err
		},
		app.StartQuery: func() error {
			_, asked = firstPage(ctx, s.Insights, app.InsightsQuestion{Text: "limit 1", Groups: []string{group},
				Range: app.Since(now.Add(-time.Hour), time.Second)})
			return failureOf(app.StartQuery, asked)
		},
		app.GetQueryResults: func() error { return failureOf(app.GetQueryResults, asked) },
		app.StopQuery: func() error {
			if s.StopQuery == nil {
				return errors.New("this place has no such source")
			}
			if err := s.StopQuery(ctx, noQuery); app.KindOf(err) != app.NotFound {
				return err
			}
			return nil
		},
		app.DescribeQueries:          only(ctx, s.Queries, app.QueriesQuestion{}),
		app.DescribeQueryDefinitions: only(ctx, s.QueryDefinitions, app.QueryDefinitionsQuestion{}),
		app.GetTraceSummaries:        only(ctx, s.TraceSummaries, app.TraceSummariesQuestion{Range: within}),
		app.BatchGetTraces:           only(ctx, s.Traces, app.TracesQuestion{IDs: []app.TraceID{noTrace}}),
		app.GetServiceGraph:          only(ctx, s.ServiceGraph, app.ServiceGraphQuestion{Range: within}),
		app.LookupEvents:             only(ctx, s.Trail, app.TrailQuestion{Range: within}),
	}
	var findings []Finding
	for _, o := range app.Operations {
		try, ok := tries[o]
		if !ok || group == "" && (o == app.FilterLogEvents || o == app.StartQuery || o == app.GetQueryResults) {
			continue // GetCallerIdentity has been asked, and without a log group there is nothing to filter or to query
		}
		findings = append(findings, finding(o.Action, name, "answers", try()))
	}
	return findings
}

// noQuery is the id of no query.
const noQuery = "00000000-0000-0000-0000-000000000000"

// failureOf returns an error if it is of the operation.
func failureOf(o app.Operation, err error) error {
	var failed *app.Error
	if errors.As(err, &failed) && failed.Op != o.Action {
		return nil
	}
	return err
}

// only returns a try that drops the page.
func only[Q, T any](ctx context.Context, source app.Source[Q, T], question Q) func() error {
	return func() error {
		_, err := firstPage(ctx, source, question)
		return err
	}
}

// firstPage asks a source and reads no further than its first page. Metrics and traces that are not there are no
// trouble here.
func firstPage[Q, T any](ctx context.Context, source app.Source[Q, T], question Q) ([]T, error) {
	if source == nil {
		return nil, errors.New("this place has no such source")
	}
	for page, err := range source(ctx, question) {
		if app.KindOf(err) == app.NotFound {
			err = nil
		}
		for _, p := range page.Problems {
			if err == nil && p.Kind == app.Denied {
				err = &app.Error{Kind: app.Denied, Op: cmp.Or(p.Resource, "a part of the answer"),
					Err: errors.New(p.Message)}
			}
		}
		return page.Items, err
	}
	return nil, nil
}

func (c *commandLine) report(findings []Finding) error {
	if c.json {
		return printLines(c, findings)
	}
	t := newTable("", "CHECK", "PLACE", "FOUND")
	for _, f := range findings {
		mark := cell{"ok", green}
		if !f.OK {
			mark = cell{"wrong", red}
		}
		t.add(mark, f.Check, f.Place, f.Found)
		if f.Remedy != "" {
			t.add("", "", "", f.Remedy)
		}
	}
	c.show(t)
	return nil
}

// placeName says which place it is, also before the account is known.
func placeName(s pull.ScopeStatus) string {
	name := cmp.Or(s.Scope.Profile, "the default credentials")
	if s.Scope.Region != "" {
		name += " in " + s.Scope.Region
	}
	if s.Who.Account != "" {
		name += " (" + s.Who.Account + ")"
	}
	return name
}
