package app

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestPrice(t *testing.T) {
	list := PriceList{
		{Service: "monitoring", Calls: []CallPrice{{Operation: "GetMetricData", Per: 1000, Price: Dollar / 100,
			Regions: map[string]Money{"us-gov-west-1": Dollar / 50, "eu-free-1": 0}}}},
		{Service: "xray", Calls: []CallPrice{{Operation: "BatchGetTraces", Per: 3, Price: 1}}},
	}
	for _, test := range []struct {
		service, operation, region string
		units                      int
		want                       Money
	}{
		{"monitoring", "GetMetricData", "eu-west-1", 500, Dollar / 200},
		{"monitoring", "GetMetricData", "us-gov-west-1", 500, Dollar / 100},
		{"monitoring", "GetMetricData", "eu-free-1", 500, 0},
		{"monitoring", "GetMetricData", "eu-west-1", 0, 0},
		{"monitoring", "GetMetricData", "eu-west-1", -5, 0},
		{"monitoring", "ListMetrics", "eu-west-1", 5, 0},
		{"xray", "BatchGetTraces", "eu-west-1", 1, 1}, // a third, rounded up
		{"xray", "BatchGetTraces", "eu-west-1", 3, 1},
		{"xray", "BatchGetTraces", "eu-west-1", 4, 2},
	} {
		if got := list.Price(test.service, test.operation, test.region, test.units); got != test.want {
			t.Errorf("%d %s:%s in %s cost %d, want %d", test.units, test.service, test.operation, test.region, got,
				test.want)
		}
	}
}

func TestParseMoney(t *testing.T) {
	for text, want := range map[string]Money{"5": 5 * Dollar, "$0.01": Dollar / 100, " 0.50 ": Dollar / 2,
		"0.000000001": 1, "0": 0} {
		if got, err := ParseMoney(text); err != nil || got != want {
			t.Errorf("%q is %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "five", "1e3", ".5", "5.", "1.0000000001", "12345678901", "NaN", "$ 5"} {
		if got, err := ParseMoney(text); err == nil {
			t.Errorf("%q is read as %d", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		m := Money(rapid.Int64Range(0, int64(1_000_000*Dollar)).Draw(t, "nano dollars"))
		text := fmt.Sprintf("%d.%09d", m/Dollar, m%Dollar)
		if got, err := ParseMoney(text); err != nil || got != m {
			t.Fatalf("%s is read as %d, %v", text, got, err)
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"5", "$0.01", "-1", "1e3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if m, err := ParseMoney(text); err == nil && m < 0 {
			t.Errorf("%q is %d", text, m)
		}
	})
}

func TestQuota(t *testing.T) {
	list := QuotaList{{Service: "logs", Calls: []CallQuota{
		{Operation: "A", PerSecond: 10, Regions: map[string]float64{"us-east-1": 25}},
		{Operation: "B", PerSecond: 500, Use: 50, Regions: map[string]float64{"slow-1": 5}},
		{Operation: "C", Use: 20},
		{Operation: "D"},
	}}}
	for _, test := range []struct {
		operation, region string
		want              Quota
	}{
		{"A", "eu-west-1", Quota{10, 10}}, {"A", "us-east-1", Quota{25, 25}},
		{"B", "eu-west-1", Quota{500, 50}}, {"B", "slow-1", Quota{5, 5}}, // never above the quota
		{"C", "eu-west-1", Quota{0, 20}}, {"D", "eu-west-1", Quota{0, UnknownQuota}},
		{"E", "eu-west-1", Quota{0, UnknownQuota}},
	} {
		if got := list.Of("logs", test.operation, test.region); got != test.want {
			t.Errorf("%s in %s: %+v, want %+v", test.operation, test.region, got, test.want)
		}
	}
}
