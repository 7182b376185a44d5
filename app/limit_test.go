package app

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPerSecond(t *testing.T) {
	at := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name   string
		period time.Duration
		unit   string
		sums   []float64
		want   []float64
		in     string
	}{
		{"a minute", time.Minute, "Count", []float64{24_000, 0, 90}, []float64{400, 0, 1.5}, "Count/Second"},
		{"five minutes", 5 * time.Minute, "Bytes", []float64{300}, []float64{1}, "Bytes/Second"},
		{"high resolution", time.Second, "", []float64{7}, []float64{7}, "Count/Second"},
		{"no period", 0, "Count", []float64{7}, []float64{7}, "Count"},
	} {
		s := Series{Reading: Reading{Statistic: "Sum", Period: test.period}, Unit: test.unit}
		for i, v := range test.sums {
			s.Points = append(s.Points, Point{at.Add(time.Duration(i) * test.period), v})
		}
		before := append([]Point(nil), s.Points...)
		got := s.PerSecond()
		var values []float64
		for i, p := range got.Points {
			values = append(values, p.Value)
			if !p.At.Equal(s.Points[i].At) {
				t.Errorf("%s: datapoint %d moved", test.name, i)
			}
		}
		if diff := cmp.Diff(test.want, values); diff != "" || got.Unit != test.in {
			t.Errorf("%s: in %s %s", test.name, got.Unit, diff)
		}
		if diff := cmp.Diff(before, s.Points); diff != "" {
			t.Errorf("%s: the series itself was changed: %s", test.name, diff)
		}
	}
}

func TestWhatIsDrawnTogether(t *testing.T) {
	presets := Presets{{Namespace: "AWS/DynamoDB", Metrics: []MetricPreset{
		{Name: "Consumed", Statistic: "Sum", Beside: "Throttled",
			Limit: LimitPreset{Metric: "Provisioned", PerSecond: true}},
		{Name: "Provisioned", Statistic: "Maximum"}, {Name: "Throttled", Statistic: "Sum"},
		{Name: "Latency", Statistic: "p99"},
	}}}
	of := func(namespace, name string) Metric {
		return NewMetric(namespace, name, Dimension{Name: "TableName", Value: "orders"})
	}
	for _, test := range []struct{ namespace, name, with string }{
		{"AWS/DynamoDB", "Provisioned", "Consumed"}, {"AWS/DynamoDB", "Throttled", "Consumed"},
		{"AWS/DynamoDB", "Consumed", ""}, {"AWS/DynamoDB", "Latency", ""}, {"AWS/Other", "Throttled", ""},
		{"AWS/DynamoDB", "", ""},
	} {
		got, ok := presets.Beside(of(test.namespace, test.name))
		if ok != (test.with != "") || ok && got.Key() != of(test.namespace, test.with).Key() {
			t.Errorf("%s %s is drawn with %q", test.namespace, test.name, got.Name)
		}
	}
}
