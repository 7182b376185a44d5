package alarms

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// minutely are datapoints a minute apart, the newest so many minutes ago; nil for a missing one.
func minutely(newest int, values ...any) []app.Point {
	var points []app.Point
	for i, v := range values {
		if v, ok := v.(float64); ok {
			points = append(points, app.Point{At: drawertest.Ago(time.Duration(newest+len(values)-1-i) * time.Minute),
				Value: v})
		}
	}
	return points
}

func TestJudgedAt(t *testing.T) {
	for _, c := range []struct {
		newest, cached int // minutes ago
		period         time.Duration
		want           int
	}{
		{1, 0, time.Minute, 0},   // the newest that there is
		{9, 0, time.Minute, 8},   // later ones may be on their way
		{40, 0, time.Minute, 15}, // these are not any more
		{40, 30, time.Minute, 39},
		{42, 0, 5 * time.Minute, 17}, // on the grid of the alarm
	} {
		points := []app.Point{{At: drawertest.Ago(time.Hour)},
			{At: drawertest.Ago(time.Duration(c.newest) * time.Minute)}}
		if got := judgedAt(points, c.period,
			drawertest.Ago(time.Duration(c.cached)*time.Minute)); !got.Equal(
			drawertest.Ago(time.Duration(c.want) * time.Minute)) {
			t.Errorf("%+v: judged %v ago", c, drawertest.Now.Sub(got))
		}
	}
}

func TestNotedPoints(t *testing.T) {
	a := drawertest.Breaking() // 17, 19 minutes ago
	history := []app.AlarmHistoryItem{drawertest.Because(drawertest.Went(a.Name, drawertest.Ago(30*time.Minute),
		app.InAlarm, app.OK), "", drawertest.Evaluated(5, 31, 1, 2)),
		drawertest.Went(a.Name, drawertest.Ago(40*time.Minute), app.OK, app.InAlarm),
		drawertest.Because(drawertest.Went(a.Name, drawertest.Ago(90*time.Minute), app.OK, app.InAlarm), "",
			drawertest.Evaluated(5, 91, 9))}
	var said []string
	for _, p := range notedPoints(a, history, app.Since(drawertest.Now, time.Hour)) {
		said = append(said, fmt.Sprintf("%v:%v", drawertest.Now.Sub(p.At), p.Value))
	}
	if got := strings.Join(said, " "); got != "32m0s:2 31m0s:1 19m0s:5.2 17m0s:6.4" {
		t.Errorf("noted are %s", got)
	}
}

func TestReadEvaluation(t *testing.T) {
	ok := drawertest.Checkout
	ok.State = app.OK
	noted := drawertest.Breaking()
	fine := noted
	fine.State = app.OK
	cover := func(newest int) []app.Cover {
		of, _ := ok.Reading()
		return []app.Cover{{Scope: drawertest.Ireland, Signal: app.Metrics, Resource: of.Key(),
			Range: app.Range{From: drawertest.Ago(24 * time.Hour),
				To: drawertest.Ago(time.Duration(newest) * time.Minute)}, AskedAt: drawertest.Now}}
	}
	band := noted
	band.Threshold, band.Comparison = nil, "GreaterThanUpperThreshold"
	band.ReasonData = fmt.Sprintf(`{"startDate":%q,"period":60,"recentDatapoints":[1,2],"recentUpperThresholds":[1.5,`+
		`1.5]}`, drawertest.Ago(18*time.Minute).Format("2006-01-02T15:04:05.000-0700"))
	for name, c := range map[string]struct {
		alarm  app.Alarm
		points []app.Point
		covers []app.Cover
		want   string
	}{
		"ok, of what is cached": {ok, minutely(1, 1.0, 6.0, 2.0, 7.0), nil,
			"judged, 2 of 3 datapoints above 5 %, to 10:12."},
		"ok, some missing": {ok, minutely(1, 1.0, nil, 2.0, nil, 6.0), nil,
			"judged, 1 of 3 datapoints above 5 %, to 10:12. 2 missing, left out."},
		"ok, and it stopped": {ok, minutely(40, 1.0, 2.0, 6.0), cover(0),
			"judged, few, No datapoints, to 09:57."},
		"ok, and not cached since": {ok, minutely(40, 1.0, 2.0, 6.0), cover(38),
			"judged, 1 of 3 datapoints above 5 %, to 09:33."},
		"ok, cached never": {fine, nil, nil,
			"noted, few, 2 of 3 datapoints above 5 % from 09:53 to 09:55. The cache has no other datapoints of that " +
				"time. 1 missing, taken as breaching."},
		"in alarm, as AWS noted": {noted, minutely(1, 1.0, 2.0), nil,
			"noted, 2 of 3 datapoints above 5 % from 09:53 to 09:55. 1 missing, taken as breaching."},
		"in alarm, cached never": {noted, nil, nil,
			"noted, few, 2 of 3 datapoints above 5 % from 09:53 to 09:55. The cache has no other datapoints of that " +
				"time. 1 missing, taken as breaching."},
		"in alarm, without a reason": {drawertest.Checkout, minutely(1, 6.0, 7.0, 8.0), nil,
			"judged, 3 of 3 datapoints above 5 %, to 10:12."},
		"in alarm, nothing": {drawertest.Checkout, nil, nil, ""},
		"a formula": {formula(), nil, nil,
			"noted, few, 2 of 3 datapoints above 5 from 09:53 to 09:55. Drawn is what AWS noted; a formula is not " +
				"cached. 1 missing, taken as breaching."},
		"a band": {band, minutely(1, 1.0, 2.0), nil,
			"noted, 1 of 2 datapoints above the band from 09:54 to 09:55. The band is known only where AWS noted it."},
		"a composite alarm": {drawertest.Critical, nil, nil, ""},
	} {
		s := &drawertest.Cache{Covers: c.covers}
		if c.points != nil {
			of, _ := c.alarm.Reading()
			s.AllSeries = []app.Series{{Scope: c.alarm.Scope, Reading: of, Points: c.points}}
		}
		e, err := readEvaluation(t.Context(), s.Open(t), c.alarm, nil, drawertest.Presets, drawertest.Now)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if e != nil {
			got = map[bool]string{true: "noted, ", false: "judged, "}[e.noted]
			if e.few {
				got += "few, "
			}
			st := openEmpty(t)
			verdict, missing := e.says(drawer.PageContext{Session: st.Session, Presets: drawertest.Presets})
			got += strings.TrimSpace(verdict + " " + missing)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAnEvaluationIsToldEvenWhereReadingFails(t *testing.T) {
	failing := &drawertest.Cache{Failure: drawertest.Denied}
	e, err := readEvaluation(t.Context(), failing.Open(t), drawertest.Breaking(), nil, drawertest.Presets,
		drawertest.Now)
	if e == nil || !e.few || !errors.Is(err, drawertest.Denied) {
		t.Errorf("it is %+v, %v", e, err)
	}
}
