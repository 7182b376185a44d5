package alarms

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

var (
	now     = time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	ireland = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	data    = app.Scope{Account: "444455556666", Region: "eu-west-1"}
	presets = app.Presets{
		{Namespace: "AWS/Lambda", Title: "Lambda", Metrics: []app.MetricPreset{
			{Name: "Errors", Statistic: "Sum", Unit: "Count", Tells: true, Means: "Invocations that ended in an error."}}},
		{Namespace: "AWS/SQS", Title: "SQS", Metrics: []app.MetricPreset{
			{Name: "Age", Statistic: "Maximum", Unit: "Seconds", Short: "oldest message", Tells: true, Means: "Age of the oldest message."}}},
	}
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

// shelf is a cache in memory.
type shelf struct {
	alarms  []app.Alarm
	history []app.AlarmHistoryItem
	metrics []app.Metric // of ireland
	asked   bool
	told    time.Time // by AWS; zero: now
	last    time.Time // datapoint of the metrics; zero: now
	metered time.Time // up to when metrics were pulled in some place; zero: told
	covers  []app.Cover
	failure error
	reads   int
	series  []app.SeriesQuery // that were asked for
}

func (s *shelf) Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error) {
	s.reads++
	if s.failure != nil {
		return nil, s.failure
	}
	return s.alarms, nil
}

func (s *shelf) AlarmHistory(_ context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	return slices.DeleteFunc(slices.Clone(s.history), func(h app.AlarmHistoryItem) bool { return !q.Range.Contains(h.At) }), nil
}

func (s *shelf) Scopes(context.Context) ([]app.Scope, error) { return []app.Scope{ireland, data}, nil }

func (s *shelf) MetricsSince(_ context.Context, at app.Scope, since time.Time) ([]app.Metric, error) {
	if at == ireland && (s.last.IsZero() || !s.last.Before(since)) {
		return s.metrics, nil
	}
	return nil, nil
}

func (s *shelf) Freshness(context.Context) ([]app.Freshness, error) {
	if !s.asked {
		return nil, nil
	}
	told := s.told
	if told.IsZero() {
		told = now
	}
	metered := s.metered
	if metered.IsZero() {
		metered = told
	}
	return []app.Freshness{{Signal: app.Alarms, AskedAt: told}, {Signal: app.Metrics, AskedAt: metered, KnownTo: metered}}, nil
}

func (s *shelf) Coverage(context.Context, app.CoverQuery) ([]app.Cover, error) { return s.covers, nil }

// Series makes the datapoints of a quarter of an hour, growing by one a minute, of every key that names checkout or a queue.
func (s *shelf) Series(_ context.Context, q app.SeriesQuery) ([]app.Series, error) {
	s.series = append(s.series, q)
	var found []app.Series
	for _, m := range append(slices.Clone(s.metrics), errorsOf("checkout")) {
		known, _ := presets.Of(m)
		r := app.Reading{Metric: m, Statistic: known.Statistic, Period: time.Minute}
		if !slices.Contains(q.Keys, r.Key()) {
			continue
		}
		one := app.Series{Scope: ireland, Reading: r}
		for i := range 15 {
			one.Points = append(one.Points, app.Point{At: ago(time.Duration(16-i) * time.Minute), Value: float64(i)})
		}
		found = append(found, one)
	}
	return found, nil
}

func errorsOf(function string) app.Metric {
	return app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: function})
}

func ageOf(queue string) app.Metric {
	return app.NewMetric("AWS/SQS", "Age", app.Dimension{Name: "QueueName", Value: queue})
}

func alarm(scope app.Scope, name string, state app.AlarmState, since time.Duration, resource string) app.Alarm {
	threshold := 5.0
	m := errorsOf(resource)
	return app.Alarm{Scope: scope, Name: name, Kind: app.MetricAlarm, State: state, Since: ago(since), Seen: now, Configured: ago(2*day + since), Metric: &m, Statistic: "Sum",
		Period: time.Minute, Comparison: "GreaterThanThreshold", Threshold: &threshold, EvaluationPeriods: 3}
}

func tagged(a app.Alarm, team string) app.Alarm {
	a.Tags = map[string]string{"team": team}
	return a
}

func went(name string, minutes int) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Scope: ireland, Alarm: name, At: ago(time.Duration(minutes) * time.Minute), Kind: app.StateUpdate, From: app.OK, To: app.InAlarm}
}

func fullShelf() *shelf {
	composite := app.Alarm{Scope: ireland, Name: "checkout-critical", Kind: app.CompositeAlarm, State: app.InAlarm, Since: ago(12 * time.Minute), Seen: now, Rule: "ALARM(checkout-5xx) AND ALARM(checkout-p99)"}
	formula := app.Alarm{Scope: data, Name: "orders-rate", Kind: app.MetricAlarm, State: app.OK, Since: ago(30 * time.Hour), Seen: now, Expression: "m1/m2", Comparison: "LessThanLowerThreshold", EvaluationPeriods: 2}
	return &shelf{asked: true, alarms: []app.Alarm{
		alarm(ireland, "worker-disk", app.OK, 4*time.Minute, "worker"), alarm(data, "canary-home", app.InsufficientData, 48*time.Hour, "canary"),
		tagged(alarm(ireland, "checkout-5xx", app.InAlarm, 16*time.Minute, "checkout"), "shop"), composite, formula,
	}, history: []app.AlarmHistoryItem{went("worker-disk", 50), went("worker-disk", 40), went("worker-disk", 30), went("worker-disk", 20), went("checkout-5xx", 16)},
		metrics: []app.Metric{errorsOf("checkout"), errorsOf("mailer"), ageOf("orders")}}
}

// shelfWithDeleted has one more alarm, which AWS lists no longer.
func shelfWithDeleted() *shelf {
	s := fullShelf()
	gone := alarm(ireland, "orders-old", app.InAlarm, 90*time.Minute, "orders")
	gone.Gone = ago(time.Hour)
	s.alarms = append(s.alarms, gone)
	return s
}

// stage is the screen in a window. What leaves the UI goroutine waits until it is settled.
type stage struct {
	*View
	shelf *shelf
	w     fyne.Window
	away  []func()
}

func newStage(t testing.TB, s *shelf, width, height float32) *stage {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	st := &stage{shelf: s}
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) { st.away = append(st.away, f) }}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, threads, func() time.Time { return now })
	st.w = test.NewTempWindow(t, ui.NewSpace(1, 1))
	st.View = New(session, s, presets)
	st.w.SetPadded(false)
	st.w.SetContent(st.View)
	st.w.Resize(fyne.NewSize(width, height))
	return st
}

// settle lets everything that was sent away come back.
func (s *stage) settle() {
	for len(s.away) > 0 {
		f := s.away[0]
		s.away = s.away[1:]
		f()
	}
}

func (s *stage) enter(state ui.State) {
	s.Enter(state)
	s.settle()
}

func (s *stage) change(signal app.Signal) {
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: signal})
	s.settle()
}

func (s *stage) key(name fyne.KeyName) {
	s.list.TypedKey(&fyne.KeyEvent{Name: name})
	s.settle()
}

func (s *stage) rune(r rune) {
	s.Bindings().Rune(r)
	s.settle()
}

// names are those of the lines that are seen; the head of a group is in brackets.
func (s *stage) names() string {
	var names []string
	if !s.tables[0].Visible() {
		return ""
	}
	for _, l := range s.list.Items() {
		switch {
		case l.group == nil:
			names = append(names, l.row.Alarm.Name)
		default:
			names = append(names, "["+l.group.title()+"]")
		}
	}
	return strings.Join(names, " ")
}

func (s *stage) says() string {
	if !s.empty.Visible() {
		return ""
	}
	return s.emptyTitle.Now() + ". " + s.emptyWhy.Objects[0].(*ui.Paragraph).Now()
}

// chips are the facets that are seen, the chosen one in brackets.
func (s *stage) chips() string {
	var said []string
	for _, c := range s.head.facets {
		switch {
		case !c.Visible():
		case c.Chosen():
			said = append(said, "["+c.Says()+"]")
		default:
			said = append(said, c.Says())
		}
	}
	return strings.Join(said, ", ")
}
