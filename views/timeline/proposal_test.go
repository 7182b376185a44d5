package timeline

import (
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// shows are the lanes of a board in a word each.
func shows(b app.Board) []string {
	var words []string
	for _, l := range b.Lanes {
		word := string(l.Kind)
		for _, r := range l.Readings {
			word += " " + r.Name + " " + r.Statistic
		}
		for _, g := range l.Groups {
			word += " " + g
		}
		if l.Service != "" {
			word += " " + l.Service
		}
		words = append(words, word)
	}
	return words
}

func TestABoardIsProposedFromAnAlarm(t *testing.T) {
	slow := alarmOn("checkout-p99", latency, "p99", 2)
	failing := alarmOn("checkout-5xx", failures, "Sum", 5)
	both := app.Alarm{Scope: shop, Name: "checkout-critical", Kind: app.CompositeAlarm, Rule: `ALARM("checkout-p99") OR ALARM("checkout-5xx") OR ALARM("checkout-critical")`}
	requests := app.NewMetric("AWS/ApiGateway", "Count", latency.Dimensions...)
	k := known{
		alarms:   []app.Alarm{slow, failing, both},
		metrics:  []placed{{shop, latency}, {shop, failures}, {shop, requests}, {shop, writes}},
		groups:   []app.LogGroup{{Scope: shop, Name: "/aws/lambda/checkout"}, {Scope: shop, Name: "/aws/lambda/checkout-old"}},
		services: []string{"checkout"},
	}
	all := []string{"logs /aws/lambda/checkout", "traces checkout", "coverage"}
	for _, c := range []struct {
		name string
		of   app.Alarm
		know known
		want []string
	}{
		{"its metric, then the others of presets", failing, k,
			slices.Concat([]string{"alarms", "changes", "metric 5XXError Sum", "metric Count Sum", "metric Latency p50"}, all)},
		{"those of the rule", both, k,
			slices.Concat([]string{"alarms", "changes", "metric Latency p99", "metric 5XXError Sum", "metric Count Sum"}, all)},
		{"nothing known", failing, known{}, []string{"alarms", "changes", "metric 5XXError Sum", "logs", "traces", "coverage"}},
		{"an expression", app.Alarm{Scope: shop, Name: "rate", Kind: app.MetricAlarm, Expression: "m1/m2"}, k, []string{"alarms", "changes", "logs", "traces checkout", "coverage"}},
	} {
		b := proposed(c.of, c.know, presets)
		if got := shows(b); !slices.Equal(got, c.want) || b.Name != c.of.Name {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTheBoardOfAnAlarmIsInTheWindowAroundIt(t *testing.T) {
	s := open(t, incident(), full, dark)
	i := slices.IndexFunc(s.evidence.alarms, func(w watch) bool { return w.Name == "checkout-5xx" })
	a := s.evidence.alarms[i].Alarm
	s.session.Selected.Set(a)
	s.types("B")
	if got := s.session.Range(); !got.Equal(a.Around(now)) {
		t.Errorf("it looks at %v", got)
	}
	if got := s.laneNames()[2]; got != "checkout 5xx error" {
		t.Errorf("the first metric is %q", got)
	}
	s.session.Selected.Set(nil)
	before := s.laneNames()
	s.types("B")
	if !slices.Equal(s.laneNames(), before) {
		t.Error("without an alarm a board is proposed")
	}
}

func TestABoardFromAnOldAlarmEndsWithWhatIsCached(t *testing.T) {
	cache := incident()
	s := open(t, cache, full, dark)
	a := cache.alarms[0]
	s.session.Now = func() time.Time { return now.Add(72 * time.Hour) }
	s.session.Known = a.Since.Add(20 * time.Minute)
	s.session.Selected.Set(a)
	s.types("B")
	if got, want := s.session.Range(), (app.Range{From: a.Since.Add(-2 * time.Hour), To: s.session.Known}); !got.Equal(want) {
		t.Errorf("it looks at %v, want %v", got, want)
	}
}

func TestAroundAnAlarm(t *testing.T) {
	a := app.Alarm{Since: ago(30)}
	if got, want := a.Around(now), (app.Range{From: ago(150), To: now}); !got.Equal(want) {
		t.Errorf("around a new alarm is %v", got)
	}
	if got := (app.Alarm{Since: now.Add(-72 * time.Hour)}).Around(now); got.Length() != 24*time.Hour {
		t.Errorf("around an old one is %v", got)
	}
}
