package cache

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

const (
	// recordReach is how far from a line the others of its record are looked for.
	recordReach = 30 * time.Second
	// recordLines is how many lines are looked at before a line that goes on with others, and after each.
	recordLines = 500
	// openedBlocks is how many blocks stay open while records are read: those of dozens of groups at one time, 16 MB.
	openedBlocks = 64
)

// LogRecords returns the records that events are lines of, each once, in the order of their first such event. Lines of
// a record that a search has not found are among it.
func (d *DB) LogRecords(ctx context.Context, of []app.LogEvent) (records []app.LogRecord, err error) {
	err = d.read(ctx, "read the lines of log events", func(r *readTx) error {
		u, ok := d.unpackers.Get().(*block.Unpacker)
		if !ok {
			u = block.NewUnpacker()
		}
		defer d.unpackers.Put(u)
		reader := recordReader{readTx: r, unpacker: u, heads: map[groupName][]blockHead{}, known: map[eventID]bool{}}
		for _, e := range of {
			if reader.known[idOf(e)] {
				continue
			}
			record, err := reader.record(e)
			if err != nil {
				return err
			}
			records = append(records, record)
		}
		return nil
	})
	return records, err
}

// eventID identifies an event.
type eventID struct {
	group groupName
	at    int64
	id    string
}

func idOf(e app.LogEvent) eventID {
	return eventID{groupName{e.Scope.Place(), e.Group}, e.At.UnixMilli(), e.ID}
}

// recordReader reads records one after the other, and keeps what the next may need.
type recordReader struct {
	*readTx
	unpacker *block.Unpacker
	heads    map[groupName][]blockHead // of the groups that were asked for
	within   app.Range                 // of those
	opened   []openedBlock             // lately
	known    map[eventID]bool          // events of the records that were read
}

// openedBlock is the events of a stream in a block.
type openedBlock struct {
	id     int64
	stream string
	events []app.LogEvent
}

// record returns the record that an event is a line of.
func (r *recordReader) record(of app.LogEvent) (app.LogRecord, error) {
	heads, err := r.headsNear(of)
	if err != nil {
		return app.LogRecord{}, err
	}
	var stream []app.LogEvent
	blocks := 0
	for i := range heads {
		if h := &heads[i]; h.last < of.At.Add(-recordReach).UnixMilli() || h.first > of.At.Add(recordReach).UnixMilli() {
			continue
		}
		events, err := r.streamOf(&heads[i], of)
		if err != nil {
			return app.LogRecord{}, err
		}
		if blocks++; blocks == 1 {
			stream = events // in order already
		} else {
			stream = append(slices.Clip(stream), events...)
		}
	}
	if blocks > 1 {
		slices.SortFunc(stream, app.CompareLogEvents)
	}
	at, found := slices.BinarySearchFunc(stream, of, app.CompareLogEvents)
	if !found {
		return app.LogRecord{LogEvent: of}, nil
	}
	from, to := at, at+1
	for from > 0 && at-from < recordLines && of.At.Sub(stream[from-1].At) <= recordReach && mayGoOn(stream, from) {
		from--
	}
	for to < len(stream) && to-at <= recordLines && mayGoOn(stream, to) {
		to++
	}
	for _, record := range app.JoinLines(stream[from:to]) {
		if events := record.Events(); slices.ContainsFunc(events, func(e app.LogEvent) bool { return e.ID == of.ID && e.At.Equal(of.At) }) {
			for _, e := range events {
				r.known[idOf(e)] = true
			}
			return record, nil
		}
	}
	return app.LogRecord{LogEvent: of}, nil
}

// mayGoOn reports whether an event of a stream may be a line of the record of the one before it: it follows at once.
func mayGoOn(stream []app.LogEvent, i int) bool {
	return stream[i].At.Sub(stream[i-1].At) <= time.Second
}

// headsNear returns the blocks of the group of an event, read once for all that are near in time.
func (r *recordReader) headsNear(of app.LogEvent) ([]blockHead, error) {
	group := groupName{of.Scope.Place(), of.Group}
	if heads, ok := r.heads[group]; ok && r.within.Contains(of.At) {
		return heads, nil
	}
	if !r.within.Contains(of.At) {
		clear(r.heads)
		r.within = app.Range{From: of.At.Add(-neighbourReach + recordReach), To: of.At.Add(neighbourReach - recordReach)}
	}
	middle := of
	middle.At = r.within.From.Add(r.within.Length() / 2)
	heads, err := r.headsAround(middle)
	if err == nil {
		r.heads[group] = heads
	}
	return heads, err
}

// streamOf returns the events of a block that are of the stream of an event.
func (r *recordReader) streamOf(h *blockHead, of app.LogEvent) ([]app.LogEvent, error) {
	for _, b := range r.opened {
		if b.id == h.id && b.stream == of.Stream {
			return b.events, nil
		}
	}
	events, err := streamReader{r.readTx, r.unpacker, of}.events(h)
	if err != nil {
		return nil, err
	}
	if len(r.opened) == openedBlocks {
		r.opened = r.opened[1:]
	}
	r.opened = append(r.opened, openedBlock{h.id, of.Stream, events})
	return events, nil
}
