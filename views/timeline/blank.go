package timeline

import (
	"cmp"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// blank is a stretch in which a lane shows nothing though something may have happened, and why. Without a why it is ahead of
// now, and nothing has.
type blank struct {
	app.Range
	why  string
	what app.Coverage // of what was denied
}

// Why a lane shows nothing.
const (
	unpulled = "not pulled"
	denied   = "denied"
	notRead  = "not read"
)

// onDenied is what to do about it, beside the word.
const onDenied = "add the action to the role's policy: nephograph policy prints it"

// blanks are those of a lane.
type blanks []blank

// blanks returns where most places do not have a signal. What could not be read is not known at all.
func (e evidence) blanks(s app.Signal) blanks {
	return e.blanksOf(s, most(byPlace(e.past(), e.places, e.covers[s])), e.places, e.covers[s])
}

// blanksOf returns the stretches of a signal that are missing or denied in places, with what could not be read and what is ahead
// of now.
func (e evidence) blanksOf(s app.Signal, known []app.Stretch, places []app.Scope, covers []app.Cover) blanks {
	var all blanks
	unread := e.unread(s)
	add := func(why string, parts ...app.Range) {
		for _, r := range parts {
			b := blank{Range: r, why: why}
			if why == denied {
				b.what = coverageOf(s, app.Stretch{Range: r, State: app.Forbidden}, places, covers)
			}
			all = append(all, b)
		}
	}
	for _, k := range known {
		switch k.State {
		case app.Missing:
			add(unpulled, app.Subtract(k.Range, unread)...)
		case app.Forbidden:
			add(denied, app.Subtract(k.Range, unread)...)
		}
	}
	past := e.past()
	for _, r := range unread {
		if r = r.Intersect(past); !r.Empty() {
			add(notRead, r)
		}
	}
	if ahead := (app.Range{From: past.To, To: e.axis.Range.To}); !e.now.IsZero() && !ahead.Empty() {
		add("", ahead)
	}
	slices.SortFunc(all, func(a, b blank) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.why, b.why)) })
	return all
}

// metricBlanks are the blanks of a lane of a metric, apart from what was not pulled: what is not there is told by its datapoints,
// and of that only a word by those.
func (e evidence) metricBlanks(p plot) (other, unasked blanks) {
	keys := []string{""}
	for _, r := range p.readings {
		keys = append(keys, r.Key())
		for _, longer := range r.Longer(e.axis.Range.From, e.now) {
			keys = append(keys, longer.Key())
		}
	}
	covers := slices.DeleteFunc(e.coversOf(p.Scope), func(c app.Cover) bool { return !slices.Contains(keys, c.Resource) })
	for _, b := range e.blanksOf(app.Metrics, app.Stretches(e.past(), covers), []app.Scope{p.Scope}, covers) {
		if b.why == unpulled {
			unasked = append(unasked, b)
		} else {
			other = append(other, b)
		}
	}
	return other, unasked
}

// deniedInk hatches what AWS refused, slanted the other way than what is missing.
var deniedInk = chart.Ink{Name: ui.ColorAlarm, Alpha: 70}

func (b blanks) paint(p *chart.Picture, band chart.Band) {
	for _, x := range b {
		switch x.why {
		case unpulled, notRead:
			p.Hatch(x.Range, band, gapInk)
		case denied:
			p.HatchBack(x.Range, band, deniedInk)
		}
	}
}

// notes say what was denied, with what to do about it, and what could not be read.
func (b blanks) notes(middle float32) []note {
	var notes []note
	for _, x := range b {
		style := ui.Note
		switch x.why {
		case denied:
			style = ui.Bad
		case notRead:
		default:
			continue
		}
		n := note{at: x.From, until: x.To, inset: 8, middle: middle, text: x.why, style: style, backed: true}
		notes = append(notes, n)
		if x.why == denied {
			n.inset, n.text, n.style = n.inset+style.Width(x.why)+8, onDenied, ui.Note
			notes = append(notes, n)
		}
	}
	return notes
}

// has reports whether some of the lane is blank for that reason.
func (b blanks) has(why string) bool {
	return slices.ContainsFunc(b, func(x blank) bool { return x.why == why })
}

// refused returns what was denied at an instant, nil where nothing was.
func (b blanks) refused(at time.Time) app.Item {
	for _, x := range b {
		if x.why == denied && x.Contains(at) {
			return x.what
		}
	}
	return nil
}

// refusedAtAll returns what was denied first.
func (b blanks) refusedAtAll() app.Item {
	if i := slices.IndexFunc(b, func(x blank) bool { return x.why == denied }); i >= 0 {
		return b[i].what
	}
	return nil
}

// blanksIn returns those of a lane.
func blanksIn(l lane) blanks {
	switch l := bare(l).(type) {
	case *alarmLane:
		return l.blanks
	case *changeLane:
		return l.blanks
	case *metricLane:
		return l.blanks
	case *logLane:
		return l.blanks
	case *traceLane:
		return l.blanks
	}
	return nil
}

// nothing says of a lane without anything that there was nothing, or otherwise, where more of it is not known than the moments
// since a pull, or none of what is past in the window, however short that is.
func (b blanks) nothing(past app.Range, there, otherwise string) string {
	var unknown time.Duration
	for _, x := range b {
		switch x.why {
		case denied:
			return denied
		case unpulled, notRead:
			unknown += x.Length()
		}
	}
	if unknown > lately || unknown > 0 && unknown >= past.Length() {
		return otherwise
	}
	return there
}

// ranges are all stretches that are blank.
func (b blanks) ranges() []app.Range {
	var all []app.Range
	for _, x := range b {
		all = append(all, x.Range)
	}
	return all
}

// readout says why there is nothing at an instant: otherwise where it is known that there is not.
func (b blanks) readout(at time.Time, otherwise string) string {
	for _, x := range b {
		if x.Contains(at) {
			return x.why
		}
	}
	return otherwise
}

// alarmsAsOf says of when the last states of the window are known: "at 13:19", or the day; "" where that is now.
func (e evidence) alarmsAsOf() string {
	var last time.Time
	for _, w := range e.alarms {
		for _, s := range w.Spans {
			if s.State != app.NotKnown && s.Range.To.After(last) {
				last = s.Range.To
			}
		}
	}
	if last.IsZero() || e.now.Sub(last) <= phrase.Late {
		return ""
	}
	zone := cmp.Or(e.zone, time.UTC)
	if last.In(zone).Format(time.DateOnly) != e.now.In(zone).Format(time.DateOnly) {
		return last.In(zone).Format("2 Jan")
	}
	return last.In(zone).Format("at 15:04")
}

// overlaps reports whether some of a range is blank.
func (b blanks) overlaps(r app.Range) bool {
	return slices.ContainsFunc(b, func(x blank) bool { return x.Overlaps(r) })
}
