package alarms

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/phrase"
)

// watchedText says what a composite alarm, or one on a formula over several resources, leads to; "" where that is
// plain.
func watchedText(w related.Watched, kind app.AlarmKind) string {
	if len(w.Names) == 0 || len(w.Names) == 1 && kind != app.CompositeAlarm {
		return ""
	}
	said := "Its traces, logs and changes are those of " + phrase.SomeOf(w.Names, 4)
	switch {
	case kind != app.CompositeAlarm:
		said += "."
	case w.Alarming:
		said += ", where alarms below it are in alarm."
	default:
		said += ", which the alarms below it watch. None is in alarm."
	}
	if w.More > 0 {
		said += " " + phrase.Plural(int64(w.More), "more is", "more are") + " left out: " +
			phrase.Count(related.MaxWatched) + " are counted at most."
	}
	return said
}
