package cache

import (
	"database/sql"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

// How new events are merged into blocks. An event whose time is within a block goes into that block. Events between
// blocks become a block of their own, or join the block before or after them if that is not full and not more than
// maxMergeRatio times as large; then they join the one before that, and so on. So the few events a minute of a quiet
// group do not become a block each, and a large block is not rewritten for each of them: an event is rewritten about
// maxMergeRatio times for each ninefold of the block it ends in.
const maxMergeRatio = 8

// run is some neighbouring blocks and the new events among them, to be packed again.
type run struct {
	blocks []blockHead // oldest first
	added  []app.LogEvent
	size   int // bytes of messages, old and new
}

func (r *run) add(e app.LogEvent) {
	r.added = append(r.added, e)
	r.size += len(e.Message)
}

// mayTake reports whether a run of this size may take in a block.
func mayTake(size int, h blockHead) bool {
	return size+h.size <= block.Target && h.size <= maxMergeRatio*max(size, 1)
}

// keepLogs keeps events of one group and returns how many are new.
func (w *writeTx) keepLogs(group int64, events []app.LogEvent) (int, error) {
	slices.SortFunc(events, block.Compare)
	events = slices.CompactFunc(events, func(a, b app.LogEvent) bool { return block.Compare(a, b) == 0 })
	near, err := w.heads("logs_blocks_near", sql.Named("log_group", group),
		sql.Named("from", events[0].At.UnixMilli()), sql.Named("to", events[len(events)-1].At.UnixMilli()))
	if err != nil {
		return 0, err
	}
	fresh, err := w.unknownEvents(near, events)
	if err != nil || len(fresh) == 0 {
		return 0, err
	}
	runs, err := w.runs(group, near, fresh)
	if err != nil {
		return 0, err
	}
	for _, r := range runs {
		if err := w.rewrite(group, r); err != nil {
			return 0, err
		}
	}
	return len(fresh), nil
}

// unknownEvents returns the events that are in no block.
func (w *writeTx) unknownEvents(near []blockHead, events []app.LogEvent) ([]app.LogEvent, error) {
	known := make([]bool, len(events))
	for _, h := range near {
		from, _ := slices.BinarySearchFunc(events, h.first, compareAt)
		end, _ := slices.BinarySearchFunc(events, h.last+1, compareAt)
		if from == end {
			continue
		}
		if err := w.open(w.unpacker, h.id); err != nil {
			return nil, err
		}
		for i := from; i < end; i++ {
			known[i] = known[i] || w.unpacker.HasID(events[i].At.UnixMilli(), events[i].ID)
		}
	}
	var fresh []app.LogEvent
	for i, e := range events {
		if !known[i] {
			fresh = append(fresh, e)
		}
	}
	return fresh, nil
}

func compareAt(e app.LogEvent, ms int64) int {
	switch at := e.At.UnixMilli(); {
	case at < ms:
		return -1
	case at > ms:
		return 1
	}
	return 0
}

// runs distributes new events among the blocks near them, oldest first, and new ones.
func (w *writeTx) runs(group int64, near []blockHead, fresh []app.LogEvent) ([]*run, error) {
	in, between := make([]*run, len(near)), make([]*run, len(near)+1)
	var all []*run
	k := 0 // the first block that may hold the event
	for _, e := range fresh {
		at := e.At.UnixMilli()
		for k < len(near) && near[k].last < at {
			k++
		}
		place, begun := &between[k], run{}
		if k < len(near) && near[k].first <= at {
			place, begun = &in[k], run{blocks: []blockHead{near[k]}, size: near[k].size}
		}
		if *place == nil {
			*place = &begun
			all = append(all, *place)
		}
		(*place).add(e)
	}
	for k, r := range between {
		if r == nil || k > 0 && in[k-1].join(r) || k < len(near) && in[k].join(r) {
			continue
		}
		if err := w.takeNeighbours(group, near, in, between, k); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// join moves the events of other to a run that is written anyway, if there is one and it has room for them.
func (r *run) join(other *run) bool {
	if r == nil || r.size+other.size > block.Target*3/2 {
		return false
	}
	r.added = append(r.added, other.added...)
	r.size += other.size
	other.added = nil
	return true
}

// takeNeighbours adds to between[k], which lies before near[k], the blocks before it that it may take, and the one
// after it.
func (w *writeTx) takeNeighbours(group int64, near []blockHead, in, between []*run, k int) error {
	r := between[k]
	oldest, newest := r.added[0].At.UnixMilli(), r.added[len(r.added)-1].At.UnixMilli()
	// what r begins with, for as long as it takes blocks in
	begin := blockHead{group: group, first: oldest, last: oldest}
	for i := k - 1; i < 0 || in[i] == nil; i-- {
		if i+1 < k && i+1 >= 0 && between[i+1] != nil {
			break // another run lies there
		}
		h, err := w.before(begin, near, i)
		if err != nil {
			return err
		}
		if h == nil || !mayTake(r.size, *h) {
			break
		}
		r.blocks, r.size, begin = append([]blockHead{*h}, r.blocks...), r.size+h.size, *h
		if i >= 0 {
			in[i] = r
		}
	}
	if k < len(near) {
		if in[k] == nil && mayTake(r.size, near[k]) {
			r.blocks, r.size, in[k] = append(r.blocks, near[k]), r.size+near[k].size, r
		}
		return nil
	}
	after, err := w.heads("logs_block_after", sql.Named("log_group", group), sql.Named("at", newest))
	if err == nil && len(after) > 0 && mayTake(r.size, after[0]) {
		r.blocks, r.size = append(r.blocks, after[0]), r.size+after[0].size
	}
	return err
}

// before returns near[i], or, where i lies before them all, the block before another; nil if there is none.
func (w *writeTx) before(h blockHead, near []blockHead, i int) (*blockHead, error) {
	if i >= 0 {
		return &near[i], nil
	}
	found, err := w.heads("logs_block_before", sql.Named("log_group", h.group),
		sql.Named("last", h.last), sql.Named("first", h.first), sql.Named("id", h.id))
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// rewrite packs a run and removes the blocks that it replaces.
func (w *writeTx) rewrite(group int64, r *run) error {
	if len(r.added) == 0 {
		return nil
	}
	events := r.added
	for _, h := range r.blocks {
		if err := w.open(w.unpacker, h.id); err != nil {
			return err
		}
		for i := range h.events {
			events = append(events, w.unpacker.Event(i))
		}
		if _, err := w.exec("logs_block_drop", h.id); err != nil {
			return err
		}
	}
	slices.SortFunc(events, block.Compare)
	for _, part := range block.Split(events) {
		b := w.packer.Pack(part)
		if err := w.keepBlock(group, &b); err != nil {
			return err
		}
	}
	return nil
}
