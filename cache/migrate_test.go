package cache

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

var update = flag.Bool("update", false, "write testdata/format_N.sql of the newest format")

// everything is one item of each kind, as the files of testdata hold them.
type everything struct {
	Scopes   []app.Scope
	Who      []app.Identity
	Alarms   []app.Alarm
	History  []app.AlarmHistoryItem
	Metrics  []app.Metric
	Series   []app.Series
	Groups   []app.LogGroup
	Events   []app.LogEvent
	Volume   []app.LogCount
	Traces   []app.Trace
	Graph    app.ServiceGraph
	Trail    []app.TrailEvent
	Covers   []app.Cover
	Requests []app.Request
}

// sample returns what a file of a format can say.
func sample(format int) everything {
	place := app.Scope{Account: "111122223333", Region: "eu-west-1"}
	threshold, metric := 0.5, app.NewMetric("AWS/DynamoDB", "WriteThrottleEvents",
		app.Dimension{Name: "TableName", Value: "orders"})
	within := app.Range{From: epoch, To: epoch.Add(time.Hour)}
	all := everything{
		Scopes: []app.Scope{place},
		Who:    []app.Identity{{Account: place.Account, ARN: "arn:aws:iam::111122223333:user/ops", UserID: "AIDA"}},
		Alarms: []app.Alarm{{Scope: place, Name: "orders throttled", Kind: app.MetricAlarm, State: app.InAlarm,
			Since: epoch, Configured: epoch, Metric: &metric,
			Statistic: "Sum", Period: time.Minute, Comparison: "GreaterThanThreshold", Threshold: &threshold,
			EvaluationPeriods: 3, AlarmActions: []string{"arn:aws:sns:eu-west-1:111122223333:page"}}},
		History: []app.AlarmHistoryItem{{Scope: place, Alarm: "orders throttled", At: epoch, Kind: app.StateUpdate,
			Summary: "to ALARM", Data: `{"version":"1.0"}`, From: app.OK, To: app.InAlarm}},
		Metrics: []app.Metric{metric},
		Series: []app.Series{{Scope: place, Reading: app.Reading{Metric: metric, Statistic: "Sum", Period: time.Minute},
			Unit:   "Count",
			Points: []app.Point{{At: epoch, Value: 0.1}, {At: epoch.Add(time.Minute), Value: 12}}}},
		Groups: []app.LogGroup{{Scope: place, Name: "/aws/lambda/checkout", ARN: "arn", Retention: 30, Stored: 1 << 40,
			Created: epoch, Class: "STANDARD"}},
		Events: []app.LogEvent{{Scope: place, Group: "/aws/lambda/checkout", Stream: "2026/03/02/[$LATEST]0", ID: "38",
			At: epoch, Ingested: epoch.Add(time.Second),
			Message: "ERROR größe\n\tat line 2",
			LogFacts: app.LogFacts{Level: app.LevelError, TraceID: "1-5fad4cc9-70259536495de84a2a6282cd",
				RequestID: "c0ffee00"}}},
		Volume: []app.LogCount{{At: epoch, Level: app.LevelError, Count: 1}},
		Traces: []app.Trace{{Scope: place, ID: "1-5fad4cc9-70259536495de84a2a6282cd", Start: epoch,
			Duration: time.Second, Response: time.Second, Entry: "shop", Fault: true, Revision: 2,
			Spans: []app.Span{{ID: "70de5b6f19ff9a0a", Kind: app.Segment, Name: "checkout", Service: "checkout",
				Start: epoch, SpanDetail: app.SpanDetail{HTTP: &app.HTTP{Status: 500}}}}}},
		Graph: app.ServiceGraph{Scope: place, Range: within,
			Nodes: []app.ServiceNode{{Name: "checkout", Root: true, Stats: app.CallStats{Total: 3}}}},
		Trail: []app.TrailEvent{{Scope: place, ID: "e1", At: epoch, Name: "UpdateTable",
			Source: "dynamodb.amazonaws.com", Principal: app.Principal{Type: "AssumedRole", User: "deploy",
				Session: "ci"},
			Resources: []app.TrailResource{{Type: "AWS::DynamoDB::Table", Name: "orders"}},
			Raw:       []byte(`{"eventVersion":"1.10"}`)}},
		Covers: []app.Cover{{Scope: place, Signal: app.Logs, Resource: "/aws/lambda/checkout", Range: within,
			AskedAt: within.To.Add(time.Hour)},
			{Scope: place, Signal: app.Trail, Range: within, AskedAt: within.To, Truncated: true}},
		Requests: []app.Request{{At: epoch.Add(1), Scope: place, Service: "logs", Operation: "FilterLogEvents",
			Outcome: app.Refused, Code: "ThrottlingException", Took: 12, Cost: 3}},
	}
	if format >= 3 {
		all.Alarms[0].Tags = map[string]string{"team": "orders"}
		all.Alarms = append(all.Alarms, app.Alarm{Scope: place, Name: "throttled share", Kind: app.MetricAlarm,
			Expression: "100 * t", Since: epoch, Configured: epoch, Gone: within.To,
			Queries: []app.MetricQuery{{ID: "e1", Label: "share", Expression: "100 * t", Compared: true},
				{ID: "t", Reading: &app.Reading{Metric: metric, Statistic: "Sum", Period: time.Minute}}}})
	}
	if format >= 4 {
		theirs := metric
		theirs.OwningAccount = "444455556666"
		all.Alarms[1].Queries[1].Reading.OwningAccount = theirs.OwningAccount
		all.Alarms = append(all.Alarms, app.Alarm{Scope: place, Name: "unwell", Kind: app.CompositeAlarm,
			Rule: "ALARM(x)", Since: epoch, Configured: epoch,
			Suppression: &app.AlarmSuppression{Suppressor: "maintenance", Wait: time.Minute, Extension: time.Hour,
				By: "Alarm", Reason: "suppressed"}})
		all.Traces[0].Spans[0].Links = []string{"1-62e900a0-000000000000000000000001"}
		all.Series = append([]app.Series{{Scope: place,
			Reading: app.Reading{Metric: theirs, Statistic: "Sum", Period: time.Minute},
			Points:  []app.Point{{At: epoch, Value: 3}}}}, all.Series...)
	}
	if format >= 5 {
		all.Alarms = append(all.Alarms, app.Alarm{Scope: place, Name: "x timeouts", Kind: app.LogAlarm,
			State: app.InAlarm,
			Since: epoch, Configured: epoch, EvaluationPeriods: 3, DatapointsToAlarm: 2,
			AlarmEvaluation: app.AlarmEvaluation{
				Problem: app.PartialData, WarmUp: &app.WarmUp{Length: time.Hour},
				Log: &app.LogAlarmQuery{Text: "filter @message like /timeout/", Aggregation: "count(*) by host",
					Groups: []string{"/aws/lambda/checkout"}, Schedule: "rate(5 minutes)", Begin: 5 * time.Minute},
				Contributors: []app.AlarmContributor{{ID: "c1", Attributes: map[string]string{"host": "a"},
					Since: epoch}}},
			Mutes: []app.Mute{{Name: "sunday", Status: app.MuteActive, Schedule: "cron(0 2 * * SUN)", Length: "PT4H",
				Seen: epoch.Add(time.Hour)}}})
		all.History = append(all.History, app.AlarmHistoryItem{Scope: place, Alarm: "x timeouts",
			At:   epoch.Add(time.Second),
			Kind: app.ContributorStateUpdate, Summary: "to ALARM", Data: `{}`, From: app.OK, To: app.InAlarm,
			Contributor: "c1", Attributes: map[string]string{"host": "a"}})
	}
	return all
}

// listed returns the alarms of which AWS tells at an instant.
func (e everything) listed(at time.Time) []app.Alarm {
	return slices.DeleteFunc(slices.Clone(e.Alarms),
		func(a app.Alarm) bool { return !a.Gone.IsZero() && !a.Gone.After(at) })
}

func (e everything) keep(ctx context.Context, d *DB) error {
	place := e.Scopes[0]
	d.Record(e.Requests[0])
	_, alarms := d.KeepAlarms(ctx, place, e.listed(epoch), epoch)
	_, gone := d.KeepAlarms(ctx, place, e.listed(epoch.Add(time.Hour)), epoch.Add(time.Hour))
	_, history := d.KeepAlarmHistory(ctx, e.History)
	beside := e.keepBesideAlarms(ctx, d)
	_, metrics := d.KeepMetrics(ctx, place, e.Metrics)
	_, series := d.KeepSeries(ctx, e.Series)
	_, groups := d.KeepLogGroups(ctx, place, e.Groups)
	_, events := d.KeepLogEvents(ctx, e.Events, e.Covers[0])
	_, traces := d.KeepTraces(ctx, e.Traces)
	_, graph := d.KeepServiceGraph(ctx, e.Graph)
	_, trail := d.KeepTrail(ctx, e.Trail, e.Covers[1])
	return errors.Join(d.KeepScope(ctx, place, e.Who[0]), alarms, gone, history, beside, metrics, series, groups,
		events,
		traces, graph, trail)
}

// keepBesideAlarms keeps what AWS tells beside alarms.
func (e everything) keepBesideAlarms(ctx context.Context, d *DB) (err error) {
	var rules []app.MuteRule
	for _, a := range e.Alarms {
		if a.Contributors != nil {
			_, failed := d.KeepContributors(ctx, a.Scope, a.Name, a.Contributors)
			err = errors.Join(err, failed)
		}
		for _, m := range a.Mutes {
			rules = append(rules, app.MuteRule{Mute: m, Alarms: []string{a.Name, "deleted"}})
		}
	}
	if rules != nil {
		_, failed := d.KeepMuteRules(ctx, e.Scopes[0], rules, rules[0].Seen)
		err = errors.Join(err, failed)
	}
	return err
}

func readEverything(t *testing.T, d *DB) everything {
	t.Helper()
	ctx := context.Background()
	e := everything{Scopes: must[[]app.Scope](t)(d.Scopes(ctx)), Who: must[[]app.Identity](t)(d.Identities(ctx)),
		Alarms:   must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{Gone: true})),
		History:  must[[]app.AlarmHistoryItem](t)(d.AlarmHistory(ctx, app.AlarmQuery{})),
		Series:   must[[]app.Series](t)(d.Series(ctx, app.SeriesQuery{})),
		Groups:   must[[]app.LogGroup](t)(d.LogGroups(ctx, nil)),
		Events:   collect(t, d.LogEvents(ctx, app.LogQuery{})),
		Volume:   must[[]app.LogCount](t)(d.LogVolume(ctx, app.LogQuery{}, time.Minute)),
		Traces:   collect(t, d.Traces(ctx, app.TraceQuery{Spans: true})),
		Trail:    collect(t, d.TrailEvents(ctx, app.TrailQuery{})),
		Covers:   must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{})),
		Requests: must[[]app.Request](t)(d.Requests(ctx, app.Range{}, 0))}
	if len(e.Scopes) > 0 {
		e.Metrics = must[[]app.Metric](t)(d.Metrics(ctx, e.Scopes[0]))
		e.Graph = must[app.ServiceGraph](t)(d.ServiceGraph(ctx, e.Scopes[0], app.Range{}))
	}
	return e
}

// A file of every format that ever was opens as the newest and still says what it said. Whoever adds a migration runs
// this test with -update once, which writes the file of the new format, and never touches the files of the old ones.
func TestMigrateFromEveryFormat(t *testing.T) {
	steps, err := migrations.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	for format := 1; format <= len(steps); format++ {
		t.Run(steps[format-1].Name(), func(t *testing.T) {
			file := filepath.Join("testdata", fmt.Sprintf("format_%04d.sql", format))
			if *update && format == len(steps) {
				writeSample(t, file, format)
			}
			path := filepath.Join(t.TempDir(), "old.db")
			makeOld(t, path, format, string(must[[]byte](t)(os.ReadFile(file))))
			d := openAt(t, path)
			if err := d.Check(context.Background()); err != nil {
				t.Fatal(err)
			}
			same(t, "content", readEverything(t, d), sample(format))
			var now int
			if err := d.reader.QueryRow(`PRAGMA user_version`).Scan(&now); err != nil || now != len(steps) {
				t.Errorf("format %d, %v; want %d", now, err, len(steps))
			}
		})
	}
}

// makeOld makes a file as the program of that format left it.
func makeOld(t *testing.T, path string, format int, rows string) {
	t.Helper()
	db := must[*sql.DB](t)(sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)"))
	tx := must[*sql.Tx](t)(db.Begin())
	steps, err := migrations.ReadDir("migrations")
	for n := 0; n < format && err == nil; n++ {
		err = step(tx, steps[n].Name(), n+1)
	}
	if err == nil {
		_, err = tx.Exec(rows)
	}
	if err := errors.Join(err, tx.Commit(), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// writeSample writes the rows of sample as INSERT statements, parents first.
func writeSample(t *testing.T, file string, format int) {
	t.Helper()
	d := openFile(t)
	if err := sample(format).keep(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, table := range columnOfText(t, d,
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migration' AND name NOT LIKE 'sqlite%' `+
			`ORDER BY rowid`) {
		columns := columnOfText(t, d, `SELECT name FROM pragma_table_info('`+table+`')`)
		quoted := `quote(` + strings.Join(columns, `) || ', ' || quote(`) + `)`
		for _, row := range columnOfText(t, d, `SELECT `+quoted+` FROM `+table) {
			fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES (%s);\n", table, strings.Join(columns, ", "), row)
		}
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755),
		os.WriteFile(file, []byte(b.String()), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func columnOfText(t *testing.T, d *DB, query string) []string {
	t.Helper()
	rows := must[*sql.Rows](t)(d.reader.Query(query))
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}
