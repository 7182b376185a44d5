package app

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestTotal(t *testing.T) {
	for _, c := range []struct {
		values []Money
		want   Money
	}{
		{nil, 0},
		{[]Money{1, 2, 3}, 6},
		{[]Money{5, -11_893 * Dollar}, 5},
		{[]Money{9_000_000_000_000_000_000, 9_000_000_000_000_000_000}, math.MaxInt64},
		{[]Money{math.MaxInt64, 0}, math.MaxInt64},
		{[]Money{math.MinInt64, 1}, 1},
	} {
		if got := Total(c.values...); got != c.want {
			t.Errorf("%v add up to %d, want %d", c.values, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := Money(rapid.Int64().Draw(t, "a")), Money(rapid.Int64().Draw(t, "b"))
		if sum := Total(a, b); sum < max(0, a) || sum < max(0, b) {
			t.Fatalf("%d and %d make %d", a, b, sum)
		}
	})
}

func TestPricesCannotBeNegative(t *testing.T) {
	list := PriceList{{Service: "xray", Calls: []CallPrice{
		{Operation: "GetTraceSummaries", Per: 1_000_000, Price: Dollar / 2},
		{Operation: "Dear", Per: 1, Price: Dollar}}}}
	for units, want := range map[int]Money{25_000_000_000: 12_500 * Dollar, 9_000_000_000_000_000_000: math.MaxInt64} {
		if got := list.Price("xray", "GetTraceSummaries", "eu-west-1", units); got != want {
			t.Errorf("%d traces cost %d, want %d", units, got, want)
		}
	}
	if got := list.Price("xray", "Dear", "eu-west-1", 9_000_000_000_000_000_000); got != math.MaxInt64 {
		t.Errorf("got %d", got)
	}
	for nanos, want := range map[float64]Money{-5: 0, math.Inf(1): 9e18, 1e300: 9e18, 7: 7} {
		if got := MoneyOf(nanos); got != want {
			t.Errorf("%g is %d", nanos, got)
		}
	}
	if MoneyOf(math.NaN()) != 0 {
		t.Error("NaN costs something")
	}
}
