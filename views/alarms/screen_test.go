package alarms

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/ui"
)

var (
	now     = time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	ireland = app.Scope{Account: "111122223333", Region: "eu-west-1"}
	data    = app.Scope{Account: "444455556666", Region: "eu-west-1"}
	presets = app.Presets{
		{Namespace: "AWS/Lambda", Title: "Lambda", Metrics: []app.MetricPreset{
			{Name: "Errors", Statistic: "Sum", Unit: "Count", Tells: true,
				Means: "Invocations that ended in an error."}}},
		{Namespace: "AWS/SQS", Title: "SQS", Metrics: []app.MetricPreset{
			{Name: "Age", Statistic: "Maximum", Unit: "Seconds", Short: "oldest message", Tells: true,
				Means: "Age of the oldest message."}}},
	}
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

func errorsOf(function string) app.Metric {
	return app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: function})
}

func ageOf(queue string) app.Metric {
	return app.NewMetric("AWS/SQS", "Age", app.Dimension{Name: "QueueName", Value: queue})
}

// alarm returns an alarm that is in a state for so long when its place is pulled.
func alarm(
	at time.Time, scope app.Scope, name string, state app.AlarmState, since time.Duration, resource string,
) app.Alarm {
	threshold := 5.0
	m := errorsOf(resource)
	return app.Alarm{Scope: scope, Name: name, Kind: app.MetricAlarm, State: state, Since: at.Add(-since), Seen: at,
		Configured: at.Add(-2*day - since), Metric: &m, Statistic: "Sum", Period: time.Minute,
		Comparison: "GreaterThanThreshold", Threshold: &threshold, EvaluationPeriods: 3}
}

func tagged(a app.Alarm, team string) app.Alarm {
	a.Tags = map[string]string{"team": team}
	return a
}

// wentOff is how an alarm in Ireland went off so many minutes before it was pulled.
func wentOff(at time.Time, name string, minutes int) app.AlarmHistoryItem {
	return app.AlarmHistoryItem{Scope: ireland, Alarm: name, At: at.Add(-time.Duration(minutes) * time.Minute),
		Kind: app.StateUpdate, From: app.OK, To: app.InAlarm}
}

// pulled is when AWS was asked for what is in a cache: for the alarms of two places, and for metrics.
type pulled struct{ ireland, data, metrics time.Time }

// fiveAlarms are of two places, with two resources that no alarm watches, all asked for now.
func fiveAlarms() cachetest.Contents { return pulled{now, now, now}.fiveAlarms() }

// fiveAlarms are those of an hour that was the last one when it was pulled.
func (p pulled) fiveAlarms() cachetest.Contents {
	composite := app.Alarm{Scope: ireland, Name: "checkout-critical", Kind: app.CompositeAlarm, State: app.InAlarm,
		Since: p.ireland.Add(-12 * time.Minute), Seen: p.ireland, Rule: "ALARM(checkout-5xx) AND ALARM(checkout-p99)"}
	formula := app.Alarm{Scope: data, Name: "orders-rate", Kind: app.MetricAlarm, State: app.OK,
		Since: p.data.Add(-30 * time.Hour), Seen: p.data, Expression: "m1/m2", Comparison: "LessThanLowerThreshold",
		EvaluationPeriods: 2}
	c := cachetest.Contents{Alarms: []app.Alarm{
		alarm(p.ireland, ireland, "worker-disk", app.OK, 4*time.Minute, "worker"),
		alarm(p.data, data, "canary-home", app.InsufficientData, 48*time.Hour, "canary"),
		tagged(alarm(p.ireland, ireland, "checkout-5xx", app.InAlarm, 16*time.Minute, "checkout"), "shop"),
		composite, formula,
	}, Covers: []app.Cover{askedFor(ireland, p.ireland), askedFor(data, p.data)}}
	for _, minutes := range []int{50, 40, 30, 20} {
		c.History = append(c.History, wentOff(p.ireland, "worker-disk", minutes))
	}
	c.History = append(c.History, wentOff(p.ireland, "checkout-5xx", 16))
	for _, m := range []app.Metric{errorsOf("checkout"), errorsOf("mailer"), ageOf("orders")} {
		s := growing(m, p.metrics)
		c.Series = append(c.Series, s)
		c.Covers = append(c.Covers, app.Cover{Scope: ireland, Signal: app.Metrics, Resource: s.Reading.Key(),
			Range: app.Since(p.metrics, time.Hour), AskedAt: p.metrics})
	}
	return c
}

// askedFor says that AWS answered for the alarms of a place.
func askedFor(place app.Scope, at time.Time) app.Cover {
	return app.Cover{Scope: place, Signal: app.Alarms, Range: app.Since(at, time.Hour), AskedAt: at}
}

// noAlarms is what a cache has of accounts without alarms.
func noAlarms() cachetest.Contents {
	return cachetest.Contents{Covers: []app.Cover{askedFor(ireland, now), askedFor(data, now)}}
}

// growing has the datapoints of a quarter of an hour, one more each minute.
func growing(m app.Metric, end time.Time) app.Series {
	known, _ := presets.Of(m)
	s := app.Series{Scope: ireland, Reading: app.Reading{Metric: m, Statistic: known.Statistic, Period: time.Minute}}
	for i := range 15 {
		s.Points = append(s.Points, app.Point{At: end.Add(-time.Duration(16-i) * time.Minute), Value: float64(i)})
	}
	return s
}

// withDeleted has one more alarm, which AWS lists no longer.
func withDeleted() cachetest.Contents {
	c := fiveAlarms()
	gone := alarm(now, ireland, "orders-old", app.InAlarm, 90*time.Minute, "orders")
	gone.Gone = ago(time.Hour)
	c.Alarms = append(c.Alarms, gone)
	return c
}

// screen is the screen in a window. What leaves the UI goroutine waits until settle is called.
type screen struct {
	*View
	cache *cachetest.Cache
	w     fyne.Window
	away  []func()
}

func newScreen(t testing.TB, contents cachetest.Contents, width, height float32) *screen {
	t.Helper()
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	st := &screen{cache: cachetest.New(t, contents)}
	threads := ui.Threads{Back: func(f func()) { f() }, Away: func(f func()) { st.away = append(st.away, f) }}
	session := ui.NewSession(app.Focus{Window: time.Hour}, time.UTC, threads, func() time.Time { return now })
	st.w = test.NewTempWindow(t, ui.NewSpace(1, 1))
	st.View = New(session, st.cache, presets)
	st.w.SetPadded(false)
	st.w.SetContent(st.View)
	st.w.Resize(fyne.NewSize(width, height))
	return st
}

// settle lets everything that was sent away come back.
func (s *screen) settle() {
	for len(s.away) > 0 {
		f := s.away[0]
		s.away = s.away[1:]
		f()
	}
}

func (s *screen) enter(state ui.State) {
	s.Enter(state)
	s.settle()
}

func (s *screen) change(signal app.Signal) {
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: signal})
	s.settle()
}

func (s *screen) key(name fyne.KeyName) {
	s.list.TypedKey(&fyne.KeyEvent{Name: name})
	s.settle()
}

func (s *screen) rune(r rune) {
	s.Bindings().Rune(r)
	s.settle()
}

// names are those of the lines that are shown; the heading of a group is in brackets.
func (s *screen) names() string {
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

func (s *screen) says() string {
	if !s.empty.Visible() {
		return ""
	}
	return s.emptyTitle.Now() + ". " + s.emptyWhy.Objects[0].(*ui.Paragraph).Now()
}

// chips are the facets that are shown, the chosen one in brackets.
func (s *screen) chips() string {
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
