package shell

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// watchedText says what a composite alarm, or one on a formula over several resources, leads to; "" where that is plain.
func watchedText(w watched, kind app.AlarmKind) string {
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
