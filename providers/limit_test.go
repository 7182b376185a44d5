package providers

import (
	"testing"

	"golang.org/x/time/rate"
	"pgregory.net/rapid"
)

func TestPaceStaysWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := rapid.Float64Range(0.1, 500).Draw(t, "top")
		p := newPace(top)
		for range rapid.IntRange(0, 200).Draw(t, "attempts") {
			before := p.limiter.Limit()
			if rapid.Bool().Draw(t, "throttled") {
				p.throttled(p.era())
				if p.limiter.Limit() > before {
					t.Fatal("throttling sped up")
				}
			} else {
				p.answered()
				if p.limiter.Limit() < before {
					t.Fatal("an answer slowed down")
				}
			}
			if l := p.limiter.Limit(); l > p.top || l < p.top*slowest {
				t.Fatalf("the rate is %v of %v", l, p.top)
			}
		}
		for range 20 {
			p.answered()
		}
		if p.limiter.Limit() != p.top {
			t.Fatalf("20 answers brought it back to %v of %v only", p.limiter.Limit(), p.top)
		}
	})
}

func TestAttemptsTogetherSlowDownOnce(t *testing.T) {
	p := newPace(100)
	era := p.era()
	for range 10 {
		p.throttled(era)
	}
	if got := p.limiter.Limit(); got != rate.Limit(100*slowDown) {
		t.Errorf("the rate is %v", got)
	}
}

func TestLookupEventsIsAskedTwiceASecond(t *testing.T) {
	p := newPacer(DefaultRates("eu-west-1")).pace("cloudtrail:LookupEvents")
	if p.limiter.Limit() != 2 || p.limiter.Burst() != 1 {
		t.Errorf("%v a second, %d at once", p.limiter.Limit(), p.limiter.Burst())
	}
}

func TestRates(t *testing.T) {
	for region, want := range map[string]float64{"us-east-1": 25, "eu-central-1": 5, "eu-west-1": 10} {
		if got := DefaultRates(region)["logs:FilterLogEvents"]; got != want {
			t.Errorf("%s: %v", region, got)
		}
	}
	if got := DefaultRates("x").With(Rates{"cloudtrail:LookupEvents": 50}); got["cloudtrail:LookupEvents"] != 50 || got["*"] != 10 {
		t.Errorf("got %v", got)
	}
	if got := newPacer(Rates{"*": 7}).pace("a:B").top; got != 7 {
		t.Errorf("an operation that the table lacks goes at %v", got)
	}
}

func TestEveryActionHasARateAndIsKnown(t *testing.T) {
	rates := DefaultRates("eu-west-1")
	for _, a := range Actions() {
		if rates[a.Action] == 0 || a.Why == "" {
			t.Errorf("%+v has no rate or no reason", a)
		}
	}
	if len(rates) != len(Actions())+1 {
		t.Errorf("%d rates for %d actions and the rest", len(rates), len(Actions()))
	}
}
