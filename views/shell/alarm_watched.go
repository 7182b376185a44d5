package shell

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// watched is what the alarms by which one goes off watch: those that are in alarm, or all where none is.
type watched struct {
	names    []string // the first mostWatched, by which they are found in other signals
	more     int      // that are left out
	alarming bool     // those in alarm only
}

// mostWatched bounds what is counted: a rule names up to 500 alarms (PutCompositeAlarm), and each name is looked for in every
// trace with a fault.
const mostWatched = 20

func watchedBy(causes []app.Alarm) watched {
	names := app.Watched(app.Alarming(causes)...)
	n := min(len(names), mostWatched)
	return watched{names[:n], len(names) - n, slices.ContainsFunc(causes, app.Alarm.Alarming)}
}

// says tells what a composite alarm, or one on a formula over several resources, leads to; "" where that is plain.
func (w watched) says(kind app.AlarmKind) string {
	if len(w.names) == 0 || len(w.names) == 1 && kind != app.CompositeAlarm {
		return ""
	}
	said := "Its traces, logs and changes are those of " + someOf(w.names, 4)
	switch {
	case kind != app.CompositeAlarm:
		said += "."
	case w.alarming:
		said += ", where alarms below it are in alarm."
	default:
		said += ", which the alarms below it watch. None is in alarm."
	}
	if w.more > 0 {
		said += " " + phrase.Plural(int64(w.more), "more is", "more are") + " left out: " + phrase.Count(mostWatched) + " are counted at most."
	}
	return said
}

// someOf names the first of some, and how many more there are: "checkout", "checkout and orders", "checkout, orders and 3 more".
func someOf(names []string, first int) string {
	if len(names) > first {
		names = append(slices.Clone(names[:first]), phrase.Count(int64(len(names)-first))+" more")
	}
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
