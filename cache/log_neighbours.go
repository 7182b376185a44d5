package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

// neighbourReach is how far from an event its neighbours are looked for. A stream of a Lambda function lives for hours,
// and one of a container for weeks; what a day lies between is no context.
const neighbourReach = 24 * time.Hour

// LogNeighbours returns up to before events that come before one in its stream, and up to after that follow it. It
// opens the blocks of the log group from the event outwards, of most only the names of their streams.
func (d *DB) LogNeighbours(ctx context.Context, of app.LogEvent, before, after int) (n app.LogNeighbours, err error) {
	err = d.read(ctx, "read the log events around one", func(r *readTx) error {
		u, ok := d.unpackers.Get().(*block.Unpacker)
		if !ok {
			u = block.NewUnpacker()
		}
		defer d.unpackers.Put(u)
		heads, err := r.headsAround(of)
		if err != nil {
			return err
		}
		s := streamReader{r, u, of}
		if n.Before, n.EarlierExist, err = s.nearest(heads, before, true); err != nil {
			return err
		}
		slices.Reverse(n.Before)
		n.After, n.LaterExist, err = s.nearest(heads, after, false)
		return err
	})
	return n, err
}

// headsAround returns the blocks of the group of an event that reach into the time around it.
func (r *readTx) headsAround(of app.LogEvent) ([]blockHead, error) {
	groups, err := r.groupsOf(app.LogQuery{Scopes: []app.Scope{of.Scope}, Groups: []string{of.Group}})
	if err != nil {
		return nil, err
	}
	return r.heads("logs_blocks", sql.Named("from", of.At.Add(-neighbourReach).UnixMilli()),
		sql.Named("to", of.At.Add(neighbourReach).UnixMilli()), sql.Named("groups", groups.ids))
}

// streamReader reads the events of the stream of one event.
type streamReader struct {
	*readTx
	unpacker *block.Unpacker
	of       app.LogEvent
}

// nearest returns the limit events of the stream that come before the event, or after it, the nearest first, and
// whether there are more.
func (s streamReader) nearest(heads []blockHead, limit int, earlier bool) (found []app.LogEvent, more bool, err error) {
	if limit <= 0 {
		return nil, false, nil
	}
	order := func(a, b app.LogEvent) int {
		if earlier {
			a, b = b, a
		}
		return block.Compare(a, b)
	}
	at := s.of.At.UnixMilli()
	heads = slices.DeleteFunc(slices.Clone(heads), func(h blockHead) bool {
		return earlier && h.first > at || !earlier && h.last < at
	})
	slices.SortFunc(heads, func(a, b blockHead) int {
		if earlier {
			return cmp.Compare(b.last, a.last)
		}
		return cmp.Compare(a.first, b.first)
	})
	for i := range heads {
		if h := &heads[i]; len(found) > limit && beyond(h, found[limit], earlier) {
			break
		}
		events, err := s.events(&heads[i])
		if err != nil {
			return nil, false, err
		}
		events = slices.DeleteFunc(events, func(e app.LogEvent) bool {
			return order(s.of, e) >= 0 || e.At.Sub(s.of.At).Abs() > neighbourReach
		})
		found = append(found, events...)
		slices.SortFunc(found, order)
	}
	if more = len(found) > limit; more {
		found = found[:limit]
	}
	return found, more, nil
}

// beyond reports whether all of a block is farther than an event.
func beyond(h *blockHead, e app.LogEvent, earlier bool) bool {
	if earlier {
		return h.last < e.At.UnixMilli()
	}
	return h.first > e.At.UnixMilli()
}

// events returns what a block has of the stream. A block without it is not unpacked.
func (s streamReader) events(h *blockHead) ([]app.LogEvent, error) {
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	if err := s.column("logs_rest", h.id, s.unpacker.OpenRest); err != nil || !s.unpacker.HasStream(s.of.Stream) {
		return nil, err
	}
	for _, c := range []struct {
		name statement
		open func([]byte) error
	}{{"logs_times", s.unpacker.OpenTimes}, {"logs_text", s.unpacker.OpenText}, {"logs_capitals", s.unpacker.Restore}} {
		if err := s.column(c.name, h.id, c.open); err != nil {
			return nil, err
		}
	}
	if err := s.unpacker.Consistent(); err != nil {
		return nil, err
	}
	var events []app.LogEvent
	for i := range s.unpacker.Text.Len() {
		if s.unpacker.Stream(i) == s.of.Stream {
			e := s.unpacker.Event(i)
			e.Scope, e.Group = s.of.Scope, s.of.Group
			events = append(events, e)
		}
	}
	return events, nil
}
