package providers

import (
	"context"
	"fmt"
	"testing"
	"time"

	"golang.org/x/time/rate"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// stopped is a clock that moves only where somebody waits.
type stopped struct{ at time.Time }

func (s *stopped) clock() clock {
	return clock{now: func() time.Time { return s.at }, wait: func(ctx context.Context, d time.Duration) error {
		s.at = s.at.Add(max(0, d))
		return ctx.Err()
	}}
}

// limited returns limits of two calls a second to LookupEvents and ten to FilterLogEvents, at a clock that stands.
func limited() (*Limits, *stopped) {
	l := NewLimits(app.QuotaList{
		{Service: "cloudtrail", Calls: []app.CallQuota{{Operation: "LookupEvents", PerSecond: 2}}},
		{Service: "logs", Calls: []app.CallQuota{
			{Operation: "FilterLogEvents", PerSecond: 10, Regions: map[string]float64{"eu-central-1": 5}}}},
	})
	s := &stopped{time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)}
	l.clock = s.clock()
	return l, s
}

func TestPaceStaysWithinItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := rapid.Float64Range(0.1, 500).Draw(t, "top")
		p, now := newPace(top), time.Unix(0, 0)
		for range rapid.IntRange(0, 200).Draw(t, "attempts") {
			before := p.limiter.Limit()
			if rapid.Bool().Draw(t, "throttled") {
				perSecond, slowed := p.throttled(now, p.era())
				if p.limiter.Limit() > before || !slowed || rate.Limit(perSecond) != p.limiter.Limit() {
					t.Fatalf("throttling made %v of %v, and said %v", p.limiter.Limit(), before, perSecond)
				}
			} else {
				p.answered(now)
				if p.limiter.Limit() < before {
					t.Fatal("an answer slowed down")
				}
			}
			if l := p.limiter.Limit(); l > p.top || l < p.top*slowest {
				t.Fatalf("the rate is %v of %v", l, p.top)
			}
		}
		for range 20 {
			p.answered(now)
		}
		if p.limiter.Limit() != p.top {
			t.Fatalf("20 answers brought it back to %v of %v only", p.limiter.Limit(), p.top)
		}
	})
}

func TestAttemptsTogetherSlowDownOnce(t *testing.T) {
	p, now := newPace(100), time.Unix(0, 0)
	era := p.era()
	for i := range 10 {
		if _, slowed := p.throttled(now, era); slowed != (i == 0) {
			t.Errorf("attempt %d slowed down: %v", i, slowed)
		}
	}
	if got := p.limiter.Limit(); got != rate.Limit(100*slowDown) {
		t.Errorf("the rate is %v", got)
	}
}

// Whoever asks, under whatever profile: no stretch of time sees more calls of an operation in an account and Region
// than its rate allows, and what is not the same account, Region and operation does not wait for it.
func TestProfilesOfAnAccountNeverExceedItsRateTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, s := limited()
		l.learn("ops", "111122223333")
		l.learn("dev", "111122223333")
		l.learn("data", "444455556666")
		made := map[string][]time.Time{}
		var order []string
		for range rapid.IntRange(1, 60).Draw(t, "calls") {
			profile := rapid.SampledFrom([]string{"ops", "dev", "data"}).Draw(t, "profile")
			region := rapid.SampledFrom([]string{"eu-central-1", "eu-west-1"}).Draw(t, "region")
			p, key := l.pace(profile, region, "logs", "FilterLogEvents")
			wait, _ := p.turn(s.at)
			id := fmt.Sprint(key)
			made[id] = append(made[id], s.at.Add(wait))
			order = append(order, id)
			s.at = s.at.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "ms")) * time.Millisecond)
		}
		for id, times := range made {
			quota := 10.0
			if _, key := l.pace("ops", "eu-central-1", "logs", "FilterLogEvents"); id == fmt.Sprint(key) {
				quota = 5
			} else if _, key := l.pace("data", "eu-central-1", "logs", "FilterLogEvents"); id == fmt.Sprint(key) {
				quota = 5
			}
			burst := max(1, int(quota*burstTime))
			for i := range times {
				for j := i + 1; j < len(times); j++ {
					if n := j - i + 1; float64(n-burst) > quota*times[j].Sub(times[i]).Seconds()+1e-6 {
						t.Fatalf("%s: %d calls in %v", id, n, times[j].Sub(times[i]))
					}
				}
			}
		}
		if len(made) > 4 {
			t.Errorf("%d buckets for two accounts in two Regions: %v", len(made), order)
		}
	})
}

func TestAProfileIsJoinedWithItsAccount(t *testing.T) {
	l, s := limited()
	l.learn("ops", "111122223333")
	shared, _ := l.pace("ops", "eu-west-1", "cloudtrail", "LookupEvents")
	unheard, key := l.pace("new", "eu-west-1", "cloudtrail", "LookupEvents")
	if unheard == shared || key.place == "111122223333" {
		t.Fatal("a profile that is not known shares a pace")
	}
	only, _ := l.pace("new", "eu-west-1", "logs", "FilterLogEvents")
	slow, _ := unheard.throttled(s.at, unheard.era())
	l.learn("new", "111122223333")
	if p, _ := l.pace("new", "eu-west-1", "cloudtrail", "LookupEvents"); p != shared {
		t.Error("the profile does not share its account's pace")
	}
	if got := float64(shared.limiter.Limit()); got != slow {
		t.Errorf("what was learned is lost: %v a second, not %v", got, slow)
	}
	if p, _ := l.pace("ops", "eu-west-1", "logs", "FilterLogEvents"); p != only {
		t.Error("what only the profile had is not the account's now")
	}
	l.learn("new", "444455556666") // it leads somewhere else now
	if p, _ := l.pace("new", "eu-west-1", "cloudtrail", "LookupEvents"); p == shared {
		t.Error("another account shares the pace")
	}
}

func TestAGivenUpTurnDelaysNobody(t *testing.T) {
	p, now := newPace(2), time.Unix(100, 0)
	p.turn(now)
	wait, give := p.turn(now)
	if wait != 500*time.Millisecond {
		t.Fatalf("the second call waits %v", wait)
	}
	give(now)
	if wait, _ := p.turn(now); wait != 500*time.Millisecond {
		t.Errorf("the next waits %v", wait)
	}
}

func TestASlowdownIsToldOnceUntilItIsNews(t *testing.T) {
	l, s := limited()
	l.learn("ops", "111122223333")
	var told []app.Slowdown
	l.Hear(func(s app.Slowdown) { told = append(told, s) })
	_, key := l.pace("ops", "eu-central-1", "logs", "FilterLogEvents")
	throttle := func(rate float64) { l.slowed("ops", key, rate) }

	throttle(3.5)
	want := app.Slowdown{
		Scope: app.Scope{Account: "111122223333", Region: "eu-central-1", Profile: "ops"}, Service: "logs",
		Operation: "FilterLogEvents",
		Quota:     5, Rate: 3.5, At: s.at,
	}
	if len(told) != 1 || told[0] != want {
		t.Fatalf("told %+v, want %+v", told, want)
	}
	for _, rate := range []float64{2.4, 3.5, 1.8} {
		throttle(rate)
	}
	if len(told) != 1 {
		t.Errorf("told %d times of about the same rate", len(told))
	}
	throttle(1.7) // half of what was told
	s.at = s.at.Add(newsAfter)
	throttle(1.7) // a while ago
	if len(told) != 3 {
		t.Errorf("told %d times, want 3", len(told))
	}
	_, other := l.pace("ops", "eu-west-1", "logs", "FilterLogEvents")
	l.slowed("ops", other, 7)
	if len(told) != 4 {
		t.Error("another Region is no news")
	}
	l.Hear(nil)
	throttle(0.1)
	if len(told) != 4 {
		t.Error("told who does not hear any more")
	}
}
