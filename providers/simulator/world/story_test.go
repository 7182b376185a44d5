package world

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// moment is something that the story tells.
type moment struct {
	what string
	at   time.Time
}

func TestTheStoryHappensInItsOrder(t *testing.T) {
	for _, seed := range []uint64{1, 2, 99} {
		for _, at := range []time.Time{anchor, time.Date(2027, 2, 28, 23, 59, 59, 0, time.UTC)} {
			t.Run(fmt.Sprint(seed, at.Format(" 15:04:05")), func(t *testing.T) {
				w := makeShop(t, Options{Seed: seed, Anchor: at, Scale: 0.05})
				follow(t, w)
			})
		}
	}
}

func follow(t *testing.T, w *World) {
	shop, tables := w.place(t, prod, "eu-west-1"), w.place(t, data, "eu-west-1")
	anchor := w.Range.To
	story := []moment{
		{"change", change(t, tables)},
		{"throttled writes", firstValue(t, tables, "WriteThrottleEvents", 1000)},
		{"iterator age above its threshold", firstValue(t, tables, "GetRecords.IteratorAgeMilliseconds", 180_000)},
		{"orders-iterator-age", inAlarmSince(t, tables, "orders-iterator-age")},
		{"checkout-p99", inAlarmSince(t, shop, "checkout-p99")},
		{"checkout-5xx", inAlarmSince(t, shop, "checkout-5xx")},
		{"checkout-errors", inAlarmSince(t, shop, "checkout-errors")},
		{"checkout-critical", inAlarmSince(t, shop, "checkout-critical")},
		{"anchor", anchor},
	}
	if !slices.IsSortedFunc(story, func(a, b moment) int { return a.at.Compare(b.at) }) {
		t.Errorf("out of order: %v", story)
	}
	// One in twenty fails sooner than 400 a minute do.
	if ahead := inAlarmSince(t, shop, "checkout-errors").Sub(inAlarmSince(t, shop, "checkout-error-rate")); ahead < 0 ||
		ahead > 5*time.Minute {
		t.Errorf("checkout-error-rate goes off %s before checkout-errors", ahead)
	}
	if got := anchor.Sub(story[0].at).Round(time.Minute); got != 47*time.Minute {
		t.Errorf("the change is %s before the anchor", got)
	}
	for _, p := range w.Places {
		for group, events := range p.Events {
			for _, e := range events {
				if strings.Contains(e.Message, "ProvisionedThroughputExceeded") && e.At.Before(story[0].at) {
					t.Errorf("%s speaks of throttling at %s, before the change", group, e.At)
				}
			}
		}
	}
}

func change(t *testing.T, p *Place) time.Time {
	t.Helper()
	for _, e := range p.Trail {
		if e.Name == "UpdateTable" && e.Change() {
			if e.Principal.User != "deploy-role" {
				t.Errorf("the change was made by %s", e.Principal.Name())
			}
			return e.At
		}
	}
	t.Fatal("nobody changed a table")
	return time.Time{}
}

// firstValue returns when a metric of the place first was at least so high.
func firstValue(t *testing.T, p *Place, name string, least float64) time.Time {
	t.Helper()
	for _, r := range p.Metrics {
		for _, s := range r.Samples {
			if r.Metric.Name == name && s.Values[len(s.Values)-1] >= least {
				return s.At
			}
		}
	}
	t.Fatalf("%s never reaches %v", name, least)
	return time.Time{}
}

// inAlarmSince returns when an alarm of the place went off, which it did once in the day.
func inAlarmSince(t *testing.T, p *Place, name string) time.Time {
	t.Helper()
	history := of(p, name)
	if len(history) != 1 || history[0].To != app.InAlarm {
		t.Fatalf("%s has the history %v", name, history)
	}
	a := p.alarm(t, name)
	if a.State != app.InAlarm || !a.Since.Equal(history[0].At) {
		t.Errorf("%s is %s since %s", name, a.State, a.Since)
	}
	return a.Since
}

// of returns the state updates of an alarm.
func of(p *Place, name string) []app.AlarmHistoryItem {
	var items []app.AlarmHistoryItem
	for _, h := range p.History {
		if h.Alarm == name && h.Kind == app.StateUpdate {
			items = append(items, h)
		}
	}
	return items
}

func (p *Place) alarm(t testing.TB, name string) app.Alarm {
	t.Helper()
	for _, a := range p.Alarms {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no alarm %s", name)
	return app.Alarm{}
}

func TestWhatHasNothingToDoWithIt(t *testing.T) {
	w := shopWorld(t)
	p := w.place(t, prod, "eu-west-1")
	if !app.Flapping(w.Range, of(p, "worker-disk")) {
		t.Error("worker-disk does not flap")
	}
	if a := w.place(t, prod, "us-east-1").alarm(t, "canary-home"); a.State != app.InsufficientData ||
		!w.Range.Contains(a.Since) {
		t.Errorf("canary-home is %s since %s", a.State, a.Since)
	}
	var firing []string
	for _, p := range w.Places {
		for _, a := range p.Alarms {
			if a.State == app.InAlarm {
				firing = append(firing, a.Name)
			}
		}
	}
	slices.Sort(firing)
	want := []string{"catalog-us-p99", "checkout-5xx", "checkout-critical", "checkout-error-rate", "checkout-errors",
		"checkout-p99", "checkout-put-refused", "functions-failing",
		"orders-iterator-age"}
	if !slices.Equal(firing, want) {
		t.Errorf("in alarm at the anchor: %v, want %v", firing, want)
	}
	var denied, people, changes int
	for _, p := range w.Places {
		for _, e := range p.Trail {
			if e.Denied() {
				denied++
			}
			if e.Principal.Person() {
				people++
			}
			if e.Change() {
				changes++
			}
		}
	}
	if denied < 5 || people < 100 || changes < 20 {
		t.Errorf("%d denied calls, %d by people, %d changes", denied, people, changes)
	}
}

func TestMetricsHaveGaps(t *testing.T) {
	r, ok := shopWorld(t).place(t, prod, "eu-west-1").recorded(app.NewMetric("CWAgent", "disk_used_percent",
		app.Dimension{Name: "ClusterName", Value: "shop"},
		app.Dimension{Name: "InstanceId", Value: "i-0c81f2a96e5d37b40"}, app.Dimension{Name: "path", Value: "/"}))
	if !ok {
		t.Fatal("no such metric")
	}
	widest := slices.MaxFunc(pairs(r.Samples),
		func(a, b [2]Sample) int { return cmp.Compare(a[1].At.Sub(a[0].At), b[1].At.Sub(b[0].At)) })
	if gap := widest[1].At.Sub(widest[0].At); gap != 49*time.Minute {
		t.Errorf("the widest gap is %s", gap)
	}
}

func pairs(samples []Sample) [][2]Sample {
	var all [][2]Sample
	for i := range samples[1:] {
		all = append(all, [2]Sample{samples[i], samples[i+1]})
	}
	return all
}

func TestErrorsRiseInTheIncident(t *testing.T) {
	w := shopWorld(t)
	var before, during, errorsBefore, errorsDuring int
	for _, e := range w.place(t, prod, "eu-west-1").Events["/aws/lambda/checkout"] {
		switch since := anchor.Sub(e.At); {
		case since < 20*time.Minute:
			during++
			if e.Level == app.LevelError {
				errorsDuring++
			}
		case since > time.Hour && since < 4*time.Hour:
			before++
			if e.Level == app.LevelError {
				errorsBefore++
			}
		}
	}
	if perMinuteBefore, perMinute := float64(before)/180, float64(during)/20; perMinute < 1.2*perMinuteBefore {
		t.Errorf("%.1f events a minute before, %.1f in the incident", perMinuteBefore, perMinute)
	}
	shareBefore, share := float64(errorsBefore)/float64(before), float64(errorsDuring)/float64(during)
	if shareBefore > 0.02 || share < 4*shareBefore || share < 0.05 {
		t.Errorf("share of errors %.3f before, %.3f in the incident", shareBefore, share)
	}
}

func TestLogVolumeFollowsTraffic(t *testing.T) {
	w := shopWorld(t)
	var busy, quiet int
	for _, e := range w.place(t, prod, "eu-west-1").Events["/aws/apigateway/shop-api-prod"] {
		switch since := anchor.Sub(e.At); {
		case since > time.Hour && since < 3*time.Hour:
			busy++
		case since > 14*time.Hour && since < 16*time.Hour:
			quiet++
		}
	}
	if quiet == 0 || busy < 4*quiet {
		t.Errorf("%d requests in two busy hours, %d in two quiet ones", busy, quiet)
	}
}
