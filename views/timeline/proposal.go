package timeline

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/lane"
)

// proposal is what the timeline proposes and keeps while a person looks around: the lanes of metrics, the rows of the
// alarm lane, and the change that most likely matters. The zero proposal is none.
//
// A proposal is kept while the places and the resource of the focus stay the same and the window is no further than its
// own length from the one that it was made for, until a person asks for lanes as proposed. Meanwhile nothing of it is
// removed or moved, however one zooms and pans and whatever a pull brings: what another window proposes in addition is
// put below. A person who comes back to a window finds what was proposed there. Which change matters is judged for the
// window that the proposal was made for, and again when the cache gets other alarms or changes, or when most of another
// window is looked at; where the first has none, the other may.
type proposal struct {
	within   app.Range // that it was made for
	live     bool      // it ended now, or with what is cached, and what has come since belongs to it
	scopes   []app.Scope
	resource string

	proposed bool // lanes were proposed
	lanes    []app.Lane
	weighed  []string // metrics that alarms asked a lane for, whether they got one or not
	rows     []alarmPlace

	suspect  *app.TrailEvent // nil: none
	judged   app.Range       // the window that it was judged for: the proposal's own, or another one that is looked at
	borrowed bool            // that window has none, and this one is from the window that is looked at
	revision int             // of the cache when it was judged
}

// alarmPlace is a row of the alarm lane.
type alarmPlace struct {
	place app.Scope
	name  string
	depth int
}

const (
	mostPlots = 12              // metric lanes that a proposal grows to: more would be a list, not a picture
	lately    = 2 * time.Minute // a window that ended so recently counts as ending now
)

// holds reports whether the proposal is kept for a question.
func (s proposal) holds(q question) bool {
	r, l := q.axis.Range, s.within.Length()
	return !s.within.Empty() && s.resource == q.resource && slices.Equal(s.scopes, q.scopes) &&
		!r.From.Before(s.within.From.Add(-l)) && !r.To.After(s.within.To.Add(l))
}

// likeness says how much of two windows is the same, 0 to 1.
func likeness(a, b app.Range) float64 {
	both := a.Intersect(b).Length()
	all := a.Length() + b.Length() - both
	if all <= 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// proposalFor returns the proposal that is kept for a question: the last one, or an earlier one whose window is more
// like the question's; the zero proposal where none is kept.
func (q question) proposalFor() proposal {
	best, most := proposal{}, 0.0
	if q.proposal.holds(q) {
		best, most = q.proposal, likeness(q.proposal.within, q.axis.Range)
	}
	for _, s := range q.earlier {
		if like := likeness(s.within, q.axis.Range); like >= 0.5 && like > most && s.holds(q) {
			best, most = s, like
		}
	}
	return best
}

// remembered is how many earlier proposals are kept for a person who comes back.
const remembered = 8

// remember returns the earlier proposals after a new one: the newest first, one for a window.
func remember(earlier []proposal, was, is proposal) []proposal {
	if was.within.Empty() || was.within.Equal(is.within) {
		return earlier
	}
	kept := []proposal{was}
	for _, s := range earlier {
		if len(kept) < remembered && !s.within.Equal(was.within) {
			kept = append(kept, s)
		}
	}
	return kept
}

// own is the window that the proposal was made for, as it is now.
func (s proposal) own(now time.Time) app.Range {
	r := s.within
	if s.live && now.After(r.To) {
		r.To = now
	}
	return r
}

// elsewhere reports whether less than half of a window is of another one, and less than half of that in it.
func elsewhere(r, of app.Range) bool {
	return 2*of.Intersect(r).Length() < min(of.Length(), r.Length())
}

// basis is the window for which the suspect is judged while a window is looked at: the proposal's own, or else that
// window, or an earlier one that is mostly the same.
func (s proposal) basis(r app.Range, now time.Time) app.Range {
	own := s.own(now)
	switch {
	case !elsewhere(r, own):
		return own
	case elsewhere(r, s.judged) || !elsewhere(s.judged, own):
		return r
	}
	return s.judged
}

// propose brings the proposal in line with the alarms and changes that were read.
func (snap *snapshot) propose(ctx context.Context, r Reader) (err error) {
	s := &snap.proposal
	fresh := s.within.Empty()
	if fresh {
		within := snap.axis.Range
		*s = proposal{
			within: within, live: snap.live || snap.now.Sub(within.To).Abs() < lately,
			scopes: snap.scopes, resource: snap.resource,
		}
	}
	if of := s.basis(snap.axis.Range, snap.now); fresh || s.revision != snap.revision || !of.From.Equal(s.judged.From) {
		err = snap.judge(ctx, r, of)
	}
	if s.suspect == nil { // another window's suspect never replaces one
		s.suspect = snap.suspected()
		s.borrowed, snap.turned = s.suspect != nil, s.suspect != nil
	}
	snap.turned = snap.turned || fresh
	s.weighed = slices.Clip(s.weighed) // another read may append to the same
	rows, _ := s.rank(snap.alarms, insight.RankAlarms(snap.alarms))
	s.rows = nil
	for _, w := range rows {
		s.rows = append(s.rows, alarmPlace{w.Place(), w.Name, w.Depth})
	}
	return err
}

// judge finds the suspect of a window, which may be another one than is looked at.
func (snap *snapshot) judge(ctx context.Context, r Reader, basis app.Range) error {
	of := snapshot{
		question: snap.question, places: snap.places, covers: snap.covers, alarms: snap.alarms, changes: snap.changes,
	}
	if of.axis.Range = basis; !basis.Equal(snap.axis.Range) {
		for _, part := range []func(context.Context, Reader) error{of.readCovers, of.readAlarms, of.readTrail} {
			if err := part(ctx, r); err != nil {
				return err
			}
		}
	}
	s := &snap.proposal
	before, again := s.suspect, basis.From.Equal(s.judged.From)
	s.judged, s.revision = basis, snap.revision
	if found := of.suspected(); found != nil || !s.borrowed || !again {
		s.suspect, s.borrowed = found, false
	}
	snap.turned = s.suspect != nil && (before == nil || app.CompareTrail(*s.suspect, *before) != 0)
	return nil
}

// suspected returns the change of the window that most likely matters, nil for none.
func (snap *snapshot) suspected() *app.TrailEvent {
	if i := snap.suspect(); i >= 0 {
		c := snap.changes[i]
		return &c
	}
	return nil
}

// leading returns the index of the change that is put before all others, -1 if the window has none.
func (snap *snapshot) leading() int {
	switch {
	case snap.proposal.within.Empty():
		return snap.suspect()
	case snap.proposal.suspect == nil:
		return -1
	}
	return slices.IndexFunc(
		snap.changes, func(c app.TrailEvent) bool { return app.CompareTrail(c, *snap.proposal.suspect) == 0 },
	)
}

// rank puts alarms in the order of now, except that those with a place in the proposal keep it, and others come after
// the one that they follow. Where there is no room for all, those that matter least in the window are left out; more
// counts the alarms that matter and are not among the rows.
func (s proposal) rank(all []insight.AlarmWindow, now []insight.RankedAlarm) (rows []insight.RankedAlarm, more int) {
	for _, r := range s.rows {
		if i, found := insight.FindAlarm(all, app.Alarm{Scope: r.place, Name: r.name}); found {
			rows = append(rows, insight.RankedAlarm{AlarmWindow: all[i], Depth: r.depth})
		}
	}
	at := 0
	for _, w := range now {
		if i := slices.IndexFunc(rows, w.Is); i >= 0 {
			at = i + 1
			continue
		}
		weight := w.Weight
		if weight == insight.Quiet && len(rows) >= insight.LeastAlarms {
			continue
		}
		if len(rows) == lane.MostAlarmRows {
			more++
			least := least(rows)
			if rows[least].Weight <= weight {
				continue
			}
			if rows[least].Weight == insight.Quiet {
				more-- // which does not count
			}
			rows = slices.Delete(rows, least, least+1)
			if least < at {
				at--
			}
		}
		rows = slices.Insert(rows, at, w)
		at++
	}
	return insight.Indented(rows), more
}

// least returns the last of the rows that matter least.
func least(rows []insight.RankedAlarm) int {
	least := 0
	for i, r := range rows {
		if r.Weight >= rows[least].Weight {
			least = i
		}
	}
	return least
}
