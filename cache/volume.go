package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// minute is a place in the count of events by minute.
type minute struct {
	at    int64
	group int64
	level app.Level
}

// minuteMilli is the grain of log_minute, in milliseconds.
const minuteMilli = int64(time.Minute / time.Millisecond)

// roundDown returns the multiple of step at or before n.
func roundDown(n, step int64) int64 {
	over := n % step
	if over < 0 {
		over += step
	}
	return n - over
}

// LogVolume counts the events of a query by level in buckets of time, which lie on multiples of bucket since the Unix
// epoch; buckets without events are left out. By time, then level. Limit does not narrow. Whole minutes are counted
// already, unless the query looks into events.
func (d *DB) LogVolume(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error) {
	bucket = max(bucket, time.Millisecond)
	if len(q.Words) > 0 || q.Trace != "" || q.Request != "" {
		return d.countEvents(ctx, q, bucket)
	}
	var counts []app.LogCount
	err := d.read(ctx, "count log events", func(r *reading) error {
		groups, err := r.groupsOf(q)
		if err != nil {
			return err
		}
		s, args := volumeStatement(q, bucket)
		return r.each(s, func(rows *sql.Rows) error {
			var c app.LogCount
			var at int64
			if err := rows.Scan(&at, &c.Level, &c.Count); err != nil {
				return err
			}
			c.At = milli(at)
			counts = append(counts, c)
			return nil
		}, append(args, sql.Named("level", int64(q.Level)), sql.Named("groups", groups.ids))...)
	})
	return counts, err
}

func volumeStatement(q app.LogQuery, bucket time.Duration) (statement, []any) {
	from, to := bounds(q.Range, time.Millisecond)
	args := []any{sql.Named("from", from), sql.Named("to", to), sql.Named("bucket", bucket.Milliseconds())}
	if bucket%time.Minute != 0 {
		return "logs_volume_fine", args
	}
	first, last := from, to
	if !q.Range.Equal(app.Range{}) {
		first, last = roundDown(from+minuteMilli-1, minuteMilli), roundDown(to, minuteMilli)
	}
	if first > last { // the range lies within one minute
		first, last = to, to
	}
	return "logs_volume", append(args, sql.Named("first", first), sql.Named("last", last))
}

// countEvents counts one event after the other.
func (d *DB) countEvents(ctx context.Context, q app.LogQuery, bucket time.Duration) ([]app.LogCount, error) {
	q.Limit, q.Newest = 0, false
	counts := map[minute]int{}
	for e, err := range d.LogEvents(ctx, q) {
		if err != nil {
			return nil, err
		}
		counts[minute{at: roundDown(e.At.UnixMilli(), bucket.Milliseconds()), level: e.Level}]++
	}
	var sorted []app.LogCount
	for at, n := range counts {
		sorted = append(sorted, app.LogCount{At: milli(at.at), Level: at.level, Count: n})
	}
	slices.SortFunc(sorted, func(a, b app.LogCount) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Level, b.Level))
	})
	return sorted, nil
}
