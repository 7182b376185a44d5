package shell

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/ui"
)

var (
	now       = time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	cet       = time.FixedZone("CET", 3600)
	ireland   = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	frankfurt = app.Scope{Account: "111122223333", Region: "eu-central-1"}
	data      = app.Scope{Account: "444455556666", Region: "eu-west-1"}
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

// shelf is a cache in memory: what a test puts there is what is read. A failure is returned by every read.
type shelf struct {
	attempts  []app.Attempt
	scopes    []app.Scope
	freshness []app.Freshness
	spend     app.Spend
	size      int64
	covers    []app.Cover
	alarms    []app.Alarm
	history   []app.AlarmHistoryItem
	metrics   []app.Metric // of Ireland
	series    []app.Series
	events    []app.LogEvent
	counts    []app.LogCount
	traces    []app.Trace
	latencies []app.Latency
	trail     []app.TrailEvent
	failure   error
	groups    []app.LogGroup
	graph     app.ServiceGraph
	presets   app.Presets      // of the services; nil: those of the incident
	asked     []app.LogQuery   // by LogVolume
	sought    []app.TraceQuery // by Latencies
	combed    []app.TrailQuery // by TrailEvents
}

func (s *shelf) Scopes(context.Context) ([]app.Scope, error)         { return s.scopes, s.failure }
func (s *shelf) Attempts(context.Context) ([]app.Attempt, error)     { return s.attempts, s.failure }
func (s *shelf) Freshness(context.Context) ([]app.Freshness, error)  { return s.freshness, s.failure }
func (s *shelf) Spend(context.Context, app.Range) (app.Spend, error) { return s.spend, s.failure }
func (s *shelf) Size() (int64, error)                                { return s.size, s.failure }
func (s *shelf) Coverage(_ context.Context, q app.CoverQuery) ([]app.Cover, error) {
	var found []app.Cover
	for _, c := range s.covers {
		if q.Signal == "" || c.Signal == q.Signal {
			found = append(found, c)
		}
	}
	return found, s.failure
}

func (s *shelf) Alarms(_ context.Context, q app.AlarmQuery) ([]app.Alarm, error) {
	var found []app.Alarm
	for _, a := range s.alarms {
		if (q.State == "" || a.State == q.State) && (q.Name == "" || a.Name == q.Name) {
			found = append(found, a)
		}
	}
	return found, s.failure
}

// keep puts an alarm there in place of the one of its name.
func (s *shelf) keep(a app.Alarm) {
	s.alarms = append(slices.DeleteFunc(s.alarms, func(old app.Alarm) bool { return old.Name == a.Name }), a)
}

func (s *shelf) AlarmHistory(_ context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	var found []app.AlarmHistoryItem
	for _, h := range s.history {
		if q.Name == "" || h.Alarm == q.Name {
			found = append(found, h)
		}
	}
	return found, s.failure
}

func (s *shelf) Metrics(_ context.Context, place app.Scope) ([]app.Metric, error) {
	if place != ireland {
		return nil, s.failure
	}
	return s.metrics, s.failure
}
func (s *shelf) Series(context.Context, app.SeriesQuery) ([]app.Series, error) {
	return s.series, s.failure
}
func (s *shelf) LogVolume(_ context.Context, q app.LogQuery, _ time.Duration) ([]app.LogCount, error) {
	s.asked = append(s.asked, q)
	return s.counts, s.failure
}
func (s *shelf) Latencies(_ context.Context, q app.TraceQuery) ([]app.Latency, error) {
	s.sought = append(s.sought, q)
	return s.latencies, s.failure
}
func (s *shelf) LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error) {
	return s.groups, s.failure
}
func (s *shelf) ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error) {
	return s.graph, s.failure
}
func (s *shelf) SearchLogs(_ context.Context, q app.LogQuery) (app.LogResult, error) {
	found := s.logged(q)
	return app.LogResult{Events: found[:min(len(found), max(q.Limit, 0))], Total: len(found)}, s.failure
}
func (s *shelf) LogTotals(_ context.Context, q app.LogQuery) (totals []app.LogTotal, err error) {
	for _, e := range s.logged(q) {
		i := slices.IndexFunc(totals, func(t app.LogTotal) bool { return t.Group == e.Group })
		if i < 0 {
			i, totals = len(totals), append(totals, app.LogTotal{Scope: e.Scope, Group: e.Group})
		}
		totals[i].Counts[e.Level]++
	}
	return totals, s.failure
}

// logged are the events of the groups and levels that a query asks for.
func (s *shelf) logged(q app.LogQuery) (found []app.LogEvent) {
	for _, e := range s.events {
		if e.Level >= q.Level && (len(q.Groups) == 0 || slices.Contains(q.Groups, e.Group)) {
			found = append(found, e)
		}
	}
	return found
}
func (s *shelf) LogEvents(_ context.Context, q app.LogQuery) iter.Seq2[app.LogEvent, error] {
	return each(s.logged(q), s.failure)
}
func (s *shelf) Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error] {
	return each(s.traces, s.failure)
}
func (s *shelf) TrailEvents(_ context.Context, q app.TrailQuery) iter.Seq2[app.TrailEvent, error] {
	s.combed = append(s.combed, q)
	var found []app.TrailEvent
	for _, e := range s.trail {
		if len(q.Concerning) == 0 || e.Concerns(q.Concerning...) {
			found = append(found, e)
		}
	}
	return each(found, s.failure)
}

func each[T any](items []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

// blank is a screen that records how it is used.
type blank struct {
	widget.BaseWidget
	name    string
	log     *[]string
	pressed []string
	more    ui.Bindings
	ticks   int
}

func newBlank(name string, log *[]string) *blank {
	b := &blank{name: name, log: log}
	b.ExtendBaseWidget(b)
	return b
}

func (b *blank) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewCenter(ui.NewText(b.name, ui.Title)))
}
func (b *blank) Enter(s ui.State) { *b.log = append(*b.log, "enter "+b.name+" "+s["at"]) }
func (b *blank) Leave() ui.State {
	*b.log = append(*b.log, "leave "+b.name)
	return ui.State{"at": "here"}
}
func (b *blank) Tick() { b.ticks++ }
func (b *blank) Bindings() ui.Bindings {
	press := func(k string) func() { return func() { b.pressed = append(b.pressed, k) } }
	return append(b.more, ui.Bindings{{Keys: "→", Does: "Later", Key: fyne.KeyRight, Do: press("right")}, {Keys: "b", Does: "Brush", Rune: 'b', Do: press("b")}}...)
}

// stage is a window on a shelf, with what it did.
type stage struct {
	*Shell
	shelf     *shelf
	log       []string
	screens   [2]*blank
	started   []app.Focus
	offer     Offer
	cost      pull.FollowCost
	costFails error
	held      []func() // work that waits, if the stage holds it
	hold      bool
}

// newStage opens a window of that size. With hold, what leaves the UI goroutine waits in held.
func newStage(t *testing.T, s *shelf, width, height float32, hold bool) *stage {
	t.Helper()
	local := time.Local
	time.Local = cet
	t.Cleanup(func() { time.Local = local })
	a := test.NewTempApp(t)
	Dress(a)
	st := &stage{shelf: s, offer: Offer{Requests: 40, Cost: 4_000_000}, hold: hold}
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) {
		if st.hold {
			st.held = append(st.held, f)
			return
		}
		f()
	}}
	session := ui.NewSession(app.Focus{Window: time.Hour}, cet, threads, func() time.Time { return now })
	st.screens = [2]*blank{newBlank("Timeline", &st.log), newBlank("Alarms", &st.log)}
	w := test.NewTempWindow(t, widget.NewLabel(""))
	w.SetPadded(false)
	st.Shell = New(Parts{
		App: a, Window: w, Session: session, Reader: s, Presets: presets, Details: Details(s), Cap: 5 * app.Dollar,
		Entries: []Entry{{Name: "Timeline", Icon: ui.IconTimeline, Screen: st.screens[0]}, {Name: "Alarms", Icon: ui.IconAlarms, Screen: st.screens[1], Badge: true}},
		Pull: Pull{Offer: func(context.Context, app.Focus) (Offer, error) { return st.offer, nil },
			Start:  func(f app.Focus) { st.started = append(st.started, f) },
			Cancel: func() { st.log = append(st.log, "cancel") }, Progress: NewProgress(),
			Cost:      func(context.Context, app.Focus) (pull.FollowCost, error) { return st.cost, st.costFails },
			Follow:    func(_ app.Focus, on bool) { st.log = append(st.log, fmt.Sprint("follow ", on)) },
			Following: NewFollowing()},
		Who: NewWho(), About: About{Version: "0.1.0", Commit: "abc1234"},
	})
	w.SetContent(st.Shell)
	w.Resize(fyne.NewSize(width, height))
	return st
}

// release runs what waits.
func (s *stage) release() {
	held := s.held
	s.held = nil
	for _, f := range held {
		f()
	}
}

var presets = app.Presets{{Namespace: "AWS/ApiGateway", Title: "API Gateway", Metrics: []app.MetricPreset{
	{Name: "5XXError", Statistic: "Average", Unit: "Percent", Means: "The share of requests that ended in an error of the server."},
}}}

func threshold(v float64) *float64 { return &v }

var errorsMetric = app.NewMetric("AWS/ApiGateway", "5XXError", app.Dimension{Name: "ApiName", Value: "checkout"})

var checkout = app.Alarm{Scope: ireland, Name: "checkout-5xx", Kind: app.MetricAlarm, State: app.InAlarm, Since: ago(16 * time.Minute), Seen: now,
	Metric: &errorsMetric, Statistic: "Average", Period: time.Minute, Comparison: "GreaterThanThreshold", Threshold: threshold(5),
	EvaluationPeriods: 3, DatapointsToAlarm: 3, ARN: "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-5xx",
	Reason: "Threshold Crossed: 3 datapoints [8.1, 7.4, 6.9] were greater than the threshold (5.0)."}

var critical = app.Alarm{Scope: ireland, Name: "checkout-critical", Kind: app.CompositeAlarm, State: app.InAlarm, Since: ago(12 * time.Minute), Seen: now,
	Rule: `ALARM("checkout-5xx") AND ALARM("checkout-p99")`}

func went(name string, at time.Time, from, to app.AlarmState) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Scope: ireland, Alarm: name, At: at, Kind: app.StateUpdate, From: from, To: to, Summary: "Alarm updated"}
}

var update = app.TrailEvent{Scope: ireland, ID: "e1", At: ago(35 * time.Minute), Name: "UpdateTable", Source: "dynamodb.amazonaws.com",
	Principal: app.Principal{Type: "AssumedRole", User: "deploy-role", Session: "pipeline-482"}, SourceIP: "10.0.4.7",
	UserAgent: "aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux", RequestID: "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG",
	Resources: []app.TrailResource{{Type: "AWS::DynamoDB::Table", Name: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}},
	Raw:       json.RawMessage(`{"eventVersion":"1.09","eventName":"UpdateTable","requestParameters":{"tableName":"orders","billingMode":"PROVISIONED","provisionedThroughput":{"writeCapacityUnits":400}},"userAgent":"aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux"}`)}

func fullShelf() *shelf {
	s := &shelf{scopes: []app.Scope{ireland, frankfurt, data}, size: 812_000_000,
		spend:  app.Spend{Requests: 1204, Cost: 1_120_000_000},
		alarms: []app.Alarm{checkout, critical, {Scope: data, Name: "canary-home", Kind: app.MetricAlarm, State: app.InsufficientData, Since: ago(time.Hour), Seen: now}},
		covers: []app.Cover{{Scope: ireland, Signal: app.Alarms, Range: app.Since(now, 20*24*time.Hour), AskedAt: now}},
		history: []app.AlarmHistoryItem{
			went("checkout-5xx", ago(200*time.Hour), app.OK, app.InAlarm), went("checkout-5xx", ago(200*time.Hour-21*time.Minute), app.InAlarm, app.OK),
			went("checkout-5xx", ago(16*time.Minute), app.OK, app.InAlarm)},
		series:    []app.Series{{Scope: ireland, Reading: app.Reading{Metric: errorsMetric, Statistic: "Average", Period: time.Minute}, Points: []app.Point{{At: ago(2 * time.Minute), Value: 7.2}, {At: ago(time.Minute), Value: 8.1}}}},
		counts:    []app.LogCount{{At: ago(time.Hour), Level: app.LevelError, Count: 2390}},
		latencies: make([]app.Latency, 511),
		trail:     []app.TrailEvent{update, update},
	}
	s.series[0].Points = nil
	for m := range 58 {
		value := 0.8 + float64(m%7)/10
		if m > 40 {
			value = min(1+float64(m-40)*0.7, 8.1)
		}
		s.series[0].Points = append(s.series[0].Points, app.Point{At: ago(time.Duration(59-m) * time.Minute), Value: value})
	}
	for _, signal := range []app.Signal{app.Logs, app.Traces, app.Trail} {
		for _, place := range s.scopes {
			s.covers = append(s.covers, app.Cover{Scope: place, Signal: signal, Range: app.Since(now, 24*time.Hour), AskedAt: now})
		}
	}
	for i, signal := range app.Signals {
		s.freshness = append(s.freshness, app.Freshness{Signal: signal, AskedAt: ago(time.Duration(40+30*i) * time.Second), Settling: signal == app.Trail})
	}
	return s
}
