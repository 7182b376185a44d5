package window

import (
	"context"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// throttled is an engine whose pull AWS slows down twice, and another call once.
type throttled struct {
	*script
	told func(app.Slowdown)
}

func (s *throttled) Run(ctx context.Context, w pull.Want, told func(pull.Progress)) pull.Report {
	for _, slow := range []app.Slowdown{
		{Scope: prod, Service: "logs", Operation: "FilterLogEvents", Quota: 10, Rate: 7},
		{Scope: data, Service: "cloudtrail", Operation: "LookupEvents", Quota: 2, Rate: 1.4},
		{Scope: prod, Service: "logs", Operation: "FilterLogEvents", Quota: 10, Rate: 3.4},
	} {
		s.told(slow)
	}
	return s.script.Run(ctx, w, told)
}

func TestTheWindowHearsOfSlowdowns(t *testing.T) {
	b := newBench(t)
	s := &throttled{script: b.engine}
	b.puller.engine = s
	b.puller.hear = func(told func(app.Slowdown)) { s.told = told }
	for range 2 { // each pull begins anew
		b.shown = nil
		b.start(app.Focus{}.Last(time.Hour))
		b.wait()
		var most []app.Slowdown
		for _, p := range b.shown {
			if len(p.Slow) > len(most) {
				most = p.Slow
			}
		}
		if len(most) != 2 || most[1].Operation != "FilterLogEvents" || most[1].Rate != 3.4 {
			t.Errorf("the status bar is told of %+v", most)
		}
	}
	if p := b.state.Now(); p.Running || len(p.Slow) > 0 {
		t.Errorf("after the pull: %+v", p)
	}
}
