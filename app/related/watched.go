package related

import (
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// Watched is what the alarms by which one goes off watch: those that are in alarm, or all where none is.
type Watched struct {
	Names    []string // the first mostWatched, by which they are found in other signals
	More     int      // that are left out
	Alarming bool     // those in alarm only
}

// MaxWatched bounds what is counted: a rule names up to 500 alarms (PutCompositeAlarm), and each name is looked for in
// every trace with a fault.
const MaxWatched = 20

// WatchedBy returns what the alarms watch by which another one goes off, of which these are all.
func WatchedBy(causes []app.Alarm) Watched {
	names := resource.Watched(app.Alarming(causes)...)
	n := min(len(names), MaxWatched)
	return Watched{names[:n], len(names) - n, slices.ContainsFunc(causes, app.Alarm.Alarming)}
}
