package pull_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// Every run ends with forgetting where ten minutes have passed since it was last done, by a clock that may jump either
// way; what failed is tried again by the next run.
func TestForgetting(t *testing.T) {
	now := start
	forgotten, fails := 0, error(nil)
	e := pull.New(newMemory(), app.Presets{}, price, func() time.Time { return now }).Forgetting(func(ctx context.Context) error {
		if until, ok := ctx.Deadline(); !ok || time.Until(until) > time.Minute {
			t.Errorf("it may go on until %v, %t", until, ok)
		}
		forgotten++
		return fails
	})
	for _, step := range []struct {
		after time.Duration
		fails error
		want  int
	}{
		{0, nil, 1}, {time.Minute, nil, 1}, {8 * time.Minute, nil, 1}, {time.Minute, errors.New("busy"), 2}, {0, nil, 3}, {0, nil, 3}, {-time.Hour, nil, 4},
	} {
		now, fails = now.Add(step.after), step.fails
		e.Run(t.Context(), pull.Want{}, nil)
		if forgotten != step.want {
			t.Fatalf("at %v forgotten %d times, want %d", now, forgotten, step.want)
		}
	}
}

// Two runs that end together do not both forget.
func TestForgettingOnce(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	times := 0
	e := pull.New(newMemory(), app.Presets{}, price, func() time.Time { return start }).Forgetting(func(context.Context) error {
		times++
		close(begun)
		<-end
		return nil
	})
	var first sync.WaitGroup
	first.Go(func() { e.Run(t.Context(), pull.Want{}, nil) })
	<-begun
	e.Run(t.Context(), pull.Want{}, nil)
	close(end)
	first.Wait()
	if times != 1 {
		t.Errorf("forgotten %d times", times)
	}
}
