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
	keep func(from evidence) // takes what was read before
}

// coverage is what known says coverage by, which is no signal.
const coverage app.Signal = ""

// strands are the parts, those of a strand in order, for metrics ask what alarms and changes there are. The strands do not
// need each other.
func (e *evidence) strands() [][]reading {
	return [][]reading{{
		{coverage, e.readCovers, func(from evidence) { e.covers = from.covers }},
		{app.Alarms, e.readAlarms, func(from evidence) { e.alarms = from.alarms }},
		{app.Trail, e.readTrail, func(from evidence) { e.changes = from.changes }},
		{app.Metrics, e.readSeries, func(from evidence) {
			e.series, e.drawn, e.plots, e.standing = from.series, from.drawn, from.plots, from.standing
		}},
	}, {
		{app.Traces, e.readTraces, func(from evidence) {
			e.latencies = from.latencies
			maps.Copy(e.narrowed, from.narrowed)
		}},
		{app.Logs, e.readLogs, func(from evidence) {
			e.volume, e.groups, e.bucket = from.volume, from.groups, from.bucket
			maps.Copy(e.narrowed, from.narrowed)
		}},
	}}
}

// read asks the cache. A part that cannot be read stays as it was before, which known tells; the error says why, and the
// evidence is good nevertheless.
func read(ctx context.Context, r Reader, q question) (evidence, error) {
	before := q.before
	if q.before = nil; before == nil || !slices.Equal(before.scopes, q.scopes) || before.resource != q.resource {
		before = &evidence{}
	}
	e := evidence{question: q, places: q.scopes, narrowed: map[string]part{}, known: map[app.Signal]app.Range{}}
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
	e.standing = q.standsFor()
	stood := !e.standing.within.Empty()
	strands := e.strands()
	problems := make([]map[app.Signal]error, len(strands))
	ui.Each(len(strands), func(i int) { problems[i] = readStrand(ctx, r, strands[i], e.places, *before) })
	if ctx.Err() != nil {
		return e, ctx.Err()
	}
	for i, strand := range strands {
		for _, p := range strand {
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
		e.standing.heard = -1 // of a part that is old: it is judged again
	}
	if !stood && failed == nil && e.empty() {
		e.standing = standing{} // nothing to stand by
	}
	return e, failed
}

// readStrand reads part after part, and says which could not be: they are as before. Without places none is.
func readStrand(ctx context.Context, r Reader, strand []reading, places []app.Scope, before evidence) map[app.Signal]error {
	problems := map[app.Signal]error{}
	for _, p := range strand {
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

// told reports whether anything of the evidence was ever read.
func (e evidence) told() bool {
	for _, r := range e.known {
		if !r.Empty() {
			return true
		}
	}
	return false
}

// unread are the stretches of the window of which a signal could not be read.
func (e evidence) unread(s app.Signal) []app.Range {
	if e.known == nil {
		return nil
	}
	told := e.known[coverage]
	if s == app.Metrics {
		told = beyond(told)
	}
	return app.Subtract(e.axis.Range, []app.Range{e.known[s].Intersect(told)})
}

// stale names what could not be read.
func (e evidence) stale() string {
	if len(e.old) == 0 || len(e.old) > 2 || slices.Contains(e.old, coverage) {
		return "the cache"
	}
	words := string(e.old[0])
	for _, s := range e.old[1:] {
		words += " and " + string(s)
	}
	return words
}
