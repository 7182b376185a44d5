package shell

import (
	"slices"

	"github.com/nephograph/nephograph/app"
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
