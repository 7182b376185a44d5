package alarms

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// kept is how long AWS keeps the history of an alarm (DescribeAlarmHistory).
const kept = 30 * 24 * time.Hour

// remembered is since when the cache has history of the alarm.
func (d alarmDetail) remembered(to time.Time) time.Time {
	if len(d.facts.known) > 0 && d.facts.known[0].From.Before(to) {
		to = d.facts.known[0].From
	}
	if h := d.facts.history; len(h) > 0 && h[0].At.Before(to) {
		to = h[0].At
	}
	return to
}

// stripRange is how far back the states go: over all cached history and the whole of the state that it is in, a day at
// least. It ends now, or when the alarm was found deleted.
func (d alarmDetail) stripRange(now time.Time) app.Range {
	to := now
	if !phrase.SeenLate(d.alarm, now) {
		to = d.asOf(now)
	}
	from := d.remembered(to)
	if d.alarm.Since.Before(from) && !d.alarm.Since.IsZero() {
		from = d.alarm.Since
	}
	return app.Since(to, max(to.Sub(from), 24*time.Hour).Truncate(time.Hour)) // no sliver of what is not known
}

// spans are the states up to when they are told of.
func (d alarmDetail) spans(now time.Time) []app.StateSpan {
	a := d.alarm
	a.Seen = d.asOf(now)
	return app.StateSpans(d.stripRange(now), a, d.facts.history, d.facts.known)
}

// strip shows the states over all that is known of them.
func (d alarmDetail) strip(p *drawer.Page, k drawer.PageContext) {
	now := k.Session.Now()
	p.Section("State, " + roughly(d.stripRange(now).Length()))
	spans := d.spans(now)
	p.Add(ui.NewStateStrip(spans))
	var notes []string
	if slices.ContainsFunc(spans, func(s app.StateSpan) bool { return s.State == app.NotKnown }) {
		notes = append(notes, "Where it is hatched the cache does not know the state.")
	}
	if now.Sub(d.remembered(now)) > kept {
		notes = append(notes, "AWS forgets after 30 days; this is kept here.")
	}
	if len(notes) > 0 {
		p.Gap(4)
		p.Text(strings.Join(notes, " "), ui.Note)
	}
}

// roughly is a length of time, in whole days where it is long.
func roughly(d time.Duration) string {
	switch {
	case d >= 3*24*time.Hour:
		d = d.Round(24 * time.Hour)
	case d >= 3*time.Hour:
		d = d.Round(time.Hour)
	}
	return phrase.Lasting(d)
}

// record tells how the alarm has behaved, as far as its states are known.
func (d alarmDetail) record(p *drawer.Page, k drawer.PageContext) {
	now := k.Session.Now()
	spans := d.spans(now)
	r := app.RecordOf(spans)
	if r.Known <= d.asOf(now).Sub(d.alarm.Since) { // nothing but the state that it is in
		return
	}
	p.Section("Record, " + roughly(r.Known) + " known")
	if r.InAlarm == 0 {
		p.Text("Not once in alarm.", ui.Note)
		return
	}
	p.Fact("Went off", timesOff(r))
	p.Fact("In alarm", phrase.Lasting(r.InAlarm)+" in all")
	if r.Back > 0 {
		p.Fact("Recovers", "after "+phrase.Lasting(r.Recover)+" in the mean")
	}
	p.Fact("Longest", phrase.Lasting(r.Longest)+d.lasting(spans, r.Longest, now))
}

// lasting says that the longest stretch in alarm is not over, or may not be because it was not when the alarm was last
// seen.
func (d alarmDetail) lasting(spans []app.StateSpan, longest time.Duration, now time.Time) string {
	last := spans[len(spans)-1]
	if phrase.SeenLate(d.alarm, now) && last.State == app.NotKnown && len(spans) > 1 {
		last = spans[len(spans)-2]
	}
	switch {
	case last.State != app.InAlarm || last.Range.Length() != longest || !d.alarm.Gone.IsZero():
		return ""
	case phrase.SeenLate(d.alarm, now):
		return " or more"
	}
	return ", and lasts"
}

func timesOff(r app.AlarmRecord) string {
	switch {
	case r.Went == 0: // it has been in alarm since before anything is known
		return ""
	case r.Flaps:
		return times(r.Went) + ": it flaps"
	}
	return times(r.Went)
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return phrase.Count(int64(n)) + " times"
}
