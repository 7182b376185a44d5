package shell

// Details returns how the drawer shows all kinds of items.
func Details(r Reader) []Opener {
	return []Opener{alarmDetails(r), trailDetails(r), metricDetails(r), traceDetails(r), logDetails(r), coverageDetails(r)}
}
