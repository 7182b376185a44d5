package pull_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app/pull"
)

// Every run ends with pruning where ten minutes have passed since it was last done, by a clock that may jump either
// way; what failed is tried again by the next run.
func TestPrunes(t *testing.T) {
	now := start
	pruned, fails := 0, error(nil)
	prune := func(ctx context.Context) error {
		if until, ok := ctx.Deadline(); !ok || time.Until(until) > time.Minute {
			t.Errorf("it may go on until %v, %t", until, ok)
		}
		pruned++
		return fails
	}
	e := pull.New(pull.Config{Cache: newMemory(), Price: price, Now: func() time.Time { return now }, Prune: prune})
	for _, step := range []struct {
		after time.Duration
		fails error
		want  int
	}{
		{0, nil, 1}, {time.Minute, nil, 1}, {8 * time.Minute, nil, 1}, {time.Minute, errors.New("busy"), 2},
		{0, nil, 3}, {0, nil, 3}, {-time.Hour, nil, 4},
	} {
		now, fails = now.Add(step.after), step.fails
		e.Run(t.Context(), pull.Want{}, nil)
		if pruned != step.want {
			t.Fatalf("at %v pruned %d times, want %d", now, pruned, step.want)
		}
	}
}

// Two runs that end together do not both prune.
func TestPrunesOnce(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	times := 0
	prune := func(context.Context) error {
		times++
		close(begun)
		<-end
		return nil
	}
	e := pull.New(pull.Config{Cache: newMemory(), Price: price, Now: func() time.Time { return start }, Prune: prune})
	var first sync.WaitGroup
	first.Go(func() { e.Run(t.Context(), pull.Want{}, nil) })
	<-begun
	e.Run(t.Context(), pull.Want{}, nil)
	close(end)
	first.Wait()
	if times != 1 {
		t.Errorf("pruned %d times", times)
	}
}
