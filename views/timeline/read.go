package timeline

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// reading is one part of what the screen reads.
type reading struct {
	of   app.Signal // "": coverage
	read func(context.Context, Reader) error
	keep func(from snapshot) // takes what was read before
}

// coverage is the key of coverage in snapshot.known; it is no signal.
const coverage app.Signal = ""

// sequences are the parts in the order in which they are read, since metrics depend on alarms and changes. The
// sequences are independent of each other.
func (snap *snapshot) sequences() [][]reading {
	return [][]reading{{
		{coverage, snap.readCovers, func(from snapshot) { snap.covers = from.covers }},
		{app.Alarms, snap.readAlarms, func(from snapshot) { snap.alarms = from.alarms }},
		{app.Trail, snap.readTrail, func(from snapshot) { snap.changes = from.changes }},
		{app.Metrics, snap.readSeries, func(from snapshot) {
			snap.series, snap.drawn, snap.plots, snap.proposal = from.series, from.drawn, from.plots, from.proposal
		}},
	}, {
		{app.Traces, snap.readTraces, func(from snapshot) {
			snap.latencies = from.latencies
			maps.Copy(snap.narrowed, from.narrowed)
		}},
		{app.Logs, snap.readLogs, func(from snapshot) {
			snap.volume, snap.groups, snap.bucket = from.volume, from.groups, from.bucket
			maps.Copy(snap.narrowed, from.narrowed)
		}},
	}}
}

// read asks the cache. A part that cannot be read stays as it was before, as known says; the error says why, and the
// snapshot can be used nevertheless.
func read(ctx context.Context, r Reader, q question) (snapshot, error) {
	before := q.before
	if q.before = nil; before == nil || !slices.Equal(before.scopes, q.scopes) || before.resource != q.resource {
		before = &snapshot{}
	}
	e := snapshot{question: q, places: q.scopes, narrowed: map[string]part{}, known: map[app.Signal]app.Range{}}
	var failed error // the first: what follows it is more of the same
	if len(e.places) == 0 {
		places, err := r.Scopes(ctx)
		switch {
		case err != nil:
			failed, e.places = err, before.places
		case len(places) == 0:
			return e, nil
		default:
			e.places = places
		}
	}
	e.proposal = q.proposalFor()
	stood := !e.proposal.within.Empty()
	sequences := e.sequences()
	problems := make([]map[app.Signal]error, len(sequences))
	ui.Each(len(sequences), func(i int) { problems[i] = readSequence(ctx, r, sequences[i], e.places, *before) })
	if ctx.Err() != nil {
		return e, ctx.Err()
	}
	for i, sequence := range sequences {
		for _, p := range sequence {
			e.known[p.of] = e.axis.Range
			if p.of == app.Metrics {
				e.known[p.of] = beyond(e.axis.Range)
			}
			if err, ok := problems[i][p.of]; ok {
				e.known[p.of] = before.known[p.of]
				e.old = append(e.old, p.of)
				failed = cmp.Or(failed, err)
			}
		}
	}
	if len(e.old) > 0 {
		e.proposal.revision = -1 // of a part that is old: it is judged again
	}
	if !stood && failed == nil && e.empty() {
		e.proposal = proposal{} // nothing to stand by
	}
	return e, failed
}

// readSequence reads part after part, and says which could not be: they are as before. Without places none is.
func readSequence(
	ctx context.Context, r Reader, sequence []reading, places []app.Scope, before snapshot,
) map[app.Signal]error {
	problems := map[app.Signal]error{}
	for _, p := range sequence {
		if ctx.Err() != nil {
			break
		}
		var err error
		if places != nil {
			err = p.read(ctx, r)
		}
		if err != nil || places == nil {
			p.keep(before)
			problems[p.of] = err
		}
	}
	return problems
}

// anyRead reports whether any part of the snapshot was ever read.
func (snap snapshot) anyRead() bool {
	for _, r := range snap.known {
		if !r.Empty() {
			return true
		}
	}
	return false
}

// unread are the stretches of the window of which a signal could not be read.
func (snap snapshot) unread(s app.Signal) []app.Range {
	if snap.known == nil {
		return nil
	}
	told := snap.known[coverage]
	if s == app.Metrics {
		told = beyond(told)
	}
	return app.Subtract(snap.axis.Range, []app.Range{snap.known[s].Intersect(told)})
}

// stale names what could not be read.
func (snap snapshot) stale() string {
	if len(snap.old) == 0 || len(snap.old) > 2 || slices.Contains(snap.old, coverage) {
		return "the cache"
	}
	words := string(snap.old[0])
	for _, s := range snap.old[1:] {
		words += " and " + string(s)
	}
	return words
}
