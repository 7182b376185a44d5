package insight

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// The points of a change, by which the one that matters is found. That it concerns what an alarm watches counts more
// than all else together; then that the same call was rare in the window, and that it came from outside AWS.
const (
	watchedPoints    = 4
	rarePoints       = 2
	deliberatePoints = 1
)

// routine are the beginnings of calls that change nothing of how things run, though CloudTrail counts them as writes.
var routine = []string{
	"Tag", "Untag", "AddTags", "RemoveTags", "CreateTags", "DeleteTags", "ConsoleLogin", "CheckMfa", "SwitchRole",
	"AssumeRole", "GetFederationToken", "CreateLogStream", "CreateLogGroup", "PutDashboard", "StartQuery", "StopQuery",
	"StartSession", "Rotate", "PutRetentionPolicy", "DeleteRetentionPolicy",
}

// rareChanges is how often a call may be seen in a window and still be out of the ordinary.
const rareChanges = 2

// lookBack is how long before the trouble a change still counts: most show within minutes, few after two hours.
const lookBack = 2 * time.Hour

// SuspectChange returns the index of the change that most likely matters, -1 for none: of those with the most points
// the one nearest before the trouble began, or the latest where there was no trouble. watched are the short names of
// the resources that alarms in trouble watch. It marks a place to look at, and proves nothing.
func SuspectChange(changes []app.TrailEvent, began time.Time, trouble bool, watched map[string]bool) int {
	often := map[string]int{}
	for _, c := range changes {
		often[c.Source+c.Name]++
	}
	names := resource.Names(slices.Collect(maps.Keys(watched))...)
	best, most := -1, 0
	for i, c := range changes {
		late := trouble && (c.At.After(began) || began.Sub(c.At) > lookBack)
		if late || slices.ContainsFunc(routine, func(r string) bool { return strings.HasPrefix(c.Name, r) }) {
			continue
		}
		points := 0
		if resource.Concerns(c, names) {
			points = watchedPoints
		}
		if often[c.Source+c.Name] <= rareChanges {
			points += rarePoints
		}
		if Deliberate(c.Principal) {
			points += deliberatePoints
		}
		if points >= most && points >= rarePoints { // changes are in order of time: a later one is nearer
			best, most = i, points
		}
	}
	return best
}

// Deliberate reports whether a person or a role of the account's own made the change, not an AWS service by itself.
func Deliberate(p app.Principal) bool {
	return p.Person() || p.InvokedBy == "" && p.Type != "AWSService"
}

// Watched returns the names of the resources that alarms watch which went off in the window.
func Watched(all []AlarmWindow) map[string]bool {
	found := map[string]bool{}
	for _, w := range all {
		if _, rang := w.FirstAlarm(); rang && w.Metric != nil {
			found[resource.Of(*w.Metric).Short] = true
		}
	}
	return found
}
