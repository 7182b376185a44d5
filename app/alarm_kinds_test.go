package app

import (
	"testing"
	"time"
)

func TestWhatIsNotJudgedHere(t *testing.T) {
	metric := NewMetric("AWS/SQS", "ApproximateAgeOfOldestMessage")
	clock := func(zone string, period time.Duration) Alarm {
		a := Alarm{Kind: MetricAlarm, Metric: &metric, Period: period}
		a.WallClock = &WallClock{Zone: zone}
		return a
	}
	query := func(text string) Alarm {
		return Alarm{Kind: MetricAlarm, Queries: []MetricQuery{{ID: "q1", Expression: text, Compared: true}}}
	}
	const day, week = 24 * time.Hour, 7 * 24 * time.Hour
	for name, c := range map[string]struct {
		a    Alarm
		want Unjudged
	}{
		"a metric alarm":     {Alarm{Kind: MetricAlarm, Metric: &metric}, Judged},
		"a composite alarm":  {Alarm{Kind: CompositeAlarm}, Judged},
		"metric math":        {query("100 * errors / calls"), Judged},
		"a kind of tomorrow": {Alarm{Kind: "ForecastAlarm"}, UnjudgedKind},
		"a metric alarm on what is not told": {Alarm{Kind: MetricAlarm, AlarmEvaluation: AlarmEvaluation{Opaque: true}},
			UnjudgedKind},
		"a log alarm": {Alarm{Kind: LogAlarm}, UnjudgedLog},
		"PromQL": {Alarm{Kind: MetricAlarm, AlarmEvaluation: AlarmEvaluation{PromQL: &PromQL{}}},
			UnjudgedPromQL},
		"Metrics Insights":          {query("SELECT MAX(a) FROM b"), Judged},
		"Metrics Insights by queue": {query("select max(a)\nfrom b  group   by QueueName"), UnjudgedEach},
		"minutes by the clock":      {clock("Asia/Kathmandu", time.Minute), Judged},
		"five minutes by the clock": {clock("Asia/Kathmandu", 5*time.Minute), Judged},
		"hours of Berlin":           {clock("Europe/Berlin", time.Hour), Judged},
		"hours of a half hour":      {clock("+05:30", time.Hour), UnjudgedWallClock},
		"hours of UTC+02:00":        {clock("UTC+02:00", time.Hour), Judged},
		"days of UTC":               {clock("", day), Judged},
		"days of Berlin":            {clock("Europe/Berlin", day), UnjudgedWallClock},
		"weeks of UTC":              {clock("", week), UnjudgedWallClock},
		"hours of nowhere":          {clock("Nowhere/At all", time.Hour), UnjudgedWallClock},
	} {
		if got := c.a.Unjudged(); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

func TestContributorsAreNamed(t *testing.T) {
	for want, c := range map[string]AlarmContributor{
		"c1":              {ID: "c1"},
		"orders":          {ID: "c1", Attributes: map[string]string{"QueueName": "orders"}},
		"eu-west-1a, web": {ID: "c1", Attributes: map[string]string{"Zone": "web", "AZ": "eu-west-1a"}},
	} {
		if got := c.Name(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	by := Alarm{Kind: LogAlarm,
		AlarmEvaluation: AlarmEvaluation{Log: &LogAlarmQuery{Aggregation: "count(*) by host | sort desc"}}}
	all := Alarm{Kind: LogAlarm, AlarmEvaluation: AlarmEvaluation{Log: &LogAlarmQuery{Aggregation: "count(bypassed)"}}}
	if !by.HasContributors() || all.HasContributors() {
		t.Errorf("by host: %v, of all: %v", by.HasContributors(), all.HasContributors())
	}
}
