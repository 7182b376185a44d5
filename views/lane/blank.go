package lane

import (
	"cmp"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// blank is a stretch in which a lane shows nothing although something may have happened, and why. Without a why the
// stretch is ahead of now.
type blank struct {
	app.Range
	why  string
	what app.Coverage // of what was denied
}

// Why a lane shows nothing.
const (
	Unpulled = "not pulled"
	Denied   = "denied"
	NotRead  = "not read"
)

// onDenied is what to do where something was denied.
const onDenied = "add the action to the role's policy: nephograph policy prints it"

// Blanks are the stretches in which a lane shows nothing although something may have happened.
type Blanks []blank

// blanks returns where most places do not have a signal, of logs those of some log groups or resources, if there are
// any. What could not be read counts as not known.
func (w Window) blanks(s app.Signal, names ...string) Blanks {
	return w.blanksOf(s, most(related.Stretches(w.Past(), w.Places, names, w.Covers)))
}

// blanksOf returns the stretches of a signal that are missing or denied, with what could not be read and what is ahead
// of now.
func (w Window) blanksOf(s app.Signal, known []app.Stretch) Blanks {
	var all Blanks
	add := func(why string, parts ...app.Range) {
		for _, r := range parts {
			b := blank{Range: r, why: why}
			if why == Denied {
				b.what = coverageOf(s, app.Stretch{Range: r, State: app.Forbidden}, w.Places, w.Covers)
			}
			all = append(all, b)
		}
	}
	for _, k := range known {
		switch k.State {
		case app.Missing:
			add(Unpulled, app.Subtract(k.Range, w.Unread)...)
		case app.Forbidden:
			add(Denied, app.Subtract(k.Range, w.Unread)...)
		}
	}
	past := w.Past()
	for _, r := range w.Unread {
		if r = r.Intersect(past); !r.Empty() {
			add(NotRead, r)
		}
	}
	if ahead := (app.Range{From: past.To, To: w.Axis.Range.To}); !w.Now.IsZero() && !ahead.Empty() {
		add("", ahead)
	}
	slices.SortFunc(all, func(a, b blank) int { return cmp.Or(a.From.Compare(b.From), cmp.Compare(a.why, b.why)) })
	return all
}

// deniedInk is for what AWS denied, hatched in the other direction than what is missing.
var deniedInk = chart.Ink{Name: ui.ColorAlarm, Alpha: 70}

func (b Blanks) paint(p *chart.Picture, band chart.Band) {
	for _, x := range b {
		switch x.why {
		case Unpulled, NotRead:
			p.Hatch(x.Range, band, gapInk)
		case Denied:
			p.HatchBack(x.Range, band, deniedInk)
		}
	}
}

// notes say what was denied, with what to do about it, and what could not be read.
func (b Blanks) notes(middle float32) []Note {
	var notes []Note
	for _, x := range b {
		style := ui.Note
		switch x.why {
		case Denied:
			style = ui.Bad
		case NotRead:
		default:
			continue
		}
		n := Note{At: x.From, Until: x.To, Inset: 8, Middle: middle, Text: x.why, Style: style, Backed: true}
		notes = append(notes, n)
		if x.why == Denied {
			n.Inset, n.Text, n.Style = n.Inset+style.Width(x.why)+8, onDenied, ui.Note
			notes = append(notes, n)
		}
	}
	return notes
}

// has reports whether part of the lane is blank for that reason.
func (b Blanks) has(why string) bool {
	return slices.ContainsFunc(b, func(x blank) bool { return x.why == why })
}

// DeniedAt returns what was denied at an instant, nil where nothing was.
func (b Blanks) DeniedAt(at time.Time) app.Item {
	for _, x := range b {
		if x.why == Denied && x.Contains(at) {
			return x.what
		}
	}
	return nil
}

// FirstDenied returns what was denied first.
func (b Blanks) FirstDenied() app.Item {
	if i := slices.IndexFunc(b, func(x blank) bool { return x.why == Denied }); i >= 0 {
		return b[i].what
	}
	return nil
}

// usualDelay is how much at the end of a window may be missing without a word: the moments since the last pull.
const usualDelay = 2 * time.Minute

// nothing returns what an empty lane says: there, where nothing happened; otherwise, where more than usualDelay is not
// known, or nothing of the past part of the window, however short that is; or that all was denied.
func (b Blanks) nothing(past app.Range, there, otherwise string) string {
	var unknown time.Duration
	for _, x := range b {
		switch x.why {
		case Denied:
			return Denied
		case Unpulled, NotRead:
			unknown += x.Length()
		}
	}
	if unknown > usualDelay || unknown > 0 && unknown >= past.Length() {
		return otherwise
	}
	return there
}

// ranges are all stretches that are blank.
func (b Blanks) ranges() []app.Range {
	var all []app.Range
	for _, x := range b {
		all = append(all, x.Range)
	}
	return all
}

// readout says why there is nothing at an instant; otherwise, where it is known that nothing happened.
func (b Blanks) readout(at time.Time, otherwise string) string {
	for _, x := range b {
		if x.Contains(at) {
			return x.why
		}
	}
	return otherwise
}

// find returns where a lane of that height shows that something was denied.
func (b Blanks) find(item app.Item, height float32) (Spot, bool) {
	i := slices.IndexFunc(b, func(x blank) bool { return x.why == Denied && app.SameItem(x.what, item) })
	if i < 0 {
		return Spot{}, false
	}
	band := bandOf(height)
	return Spot{Within: b[i].Range, Top: band.Top - ringAir, Bottom: band.Bottom + ringAir}, true
}

// overlaps reports whether part of a range is blank.
func (b Blanks) overlaps(r app.Range) bool {
	return slices.ContainsFunc(b, func(x blank) bool { return x.Overlaps(r) })
}
