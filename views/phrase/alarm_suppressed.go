package phrase

import "github.com/nephograph/nephograph/app"

// Suppressed says that the actions of an alarm are held back now and by what, "" where they are not: "actions
// suppressed by maintenance".
func Suppressed(a app.Alarm) string {
	if !a.Suppressed() {
		return ""
	}
	said := "actions suppressed"
	if by := a.Suppressor(); by != "" {
		said += " by " + by
	}
	switch a.Suppression.By {
	case "WaitPeriod":
		said += " for " + Duration(a.Suppression.Wait) + ", in which it may go off"
	case "ExtensionPeriod":
		said += ", for " + Duration(a.Suppression.Extension) + " after it ended"
	}
	return said
}
