package cache

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// PlanPrune tells what Prune would forget, and forgets nothing. For age the numbers are exact; for size they are a
// guess, made from how many bytes an item of each signal takes on the average.
func (d *DB) PlanPrune(ctx context.Context, keep app.Retention, now time.Time) (app.Pruned, error) {
	room, err := d.Room(ctx)
	if err != nil {
		return app.Pruned{}, err
	}
	if now, err = d.trustedNow(ctx, now); err != nil {
		return app.Pruned{}, err
	}
	p := app.Pruned{From: room.Bytes}
	err = d.read(ctx, "plan what to forget", func(r *readTx) error {
		cut, err := r.cutFor(room, keep, now)
		if err != nil {
			return err
		}
		freed := room.Free
		for _, e := range erasers {
			f := app.Forgotten{Signal: e.signal, Before: later(keep.Horizon(e.signal, now), cut)}
			if f.Before.IsZero() {
				continue
			}
			if f.Items, err = e.remaining(&r.transaction, f.Before); err != nil {
				return err
			}
			if f.Items > 0 {
				p.Forgotten = append(p.Forgotten, f)
				freed += int64(float64(f.Items) * perItem(room, e.signal))
			}
		}
		p.To = max(0, room.Bytes-freed)
		return nil
	})
	if keep.Size > 0 {
		p.Over = max(0, p.To-keep.Size)
	}
	return p, err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// perItem returns how many bytes an item of a signal takes.
func perItem(room app.Room, s app.Signal) float64 {
	i := slices.IndexFunc(room.Holdings, func(h app.Holding) bool { return h.Signal == s })
	return float64(room.Holdings[i].Bytes) / float64(max(1, room.Holdings[i].Items))
}

// cutFor returns before which hour everything has to be forgotten for the file to be as small as keep wants it, zero if
// it is. It halves the time between the oldest and now until it knows the hour.
func (r *readTx) cutFor(room app.Room, keep app.Retention, now time.Time) (time.Time, error) {
	excess := room.Bytes - room.Free - keep.Size
	if keep.Size <= 0 || excess <= 0 {
		return time.Time{}, nil
	}
	excess += keep.Size / headroom
	oldest := now
	for _, e := range erasers {
		if at, found, err := e.first(&r.transaction, now); err != nil {
			return time.Time{}, err
		} else if found && at.Before(oldest) {
			oldest = at
		}
	}
	low, high := oldest.Truncate(time.Hour), now
	for high.Sub(low) > time.Hour {
		middle := low.Add(high.Sub(low) / 2).Truncate(time.Hour)
		if middle.Equal(low) {
			middle = high.Truncate(time.Hour)
		}
		freed := 0.0
		for _, e := range erasers {
			n, err := e.remaining(&r.transaction, later(middle, keep.Horizon(e.signal, now)))
			if err != nil {
				return time.Time{}, err
			}
			freed += float64(n) * perItem(room, e.signal)
		}
		if int64(freed) >= excess {
			high = middle
		} else {
			low = middle
		}
		if middle.Equal(high) && high.Sub(low) <= time.Hour {
			break
		}
	}
	return high, nil
}
