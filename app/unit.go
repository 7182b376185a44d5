package app

// SecondsOf returns how many seconds a CloudWatch unit of time is (MetricDatum, Unit); false for every other unit.
func SecondsOf(unit string) (float64, bool) {
	switch unit {
	case "Seconds":
		return 1, true
	case "Milliseconds":
		return 1e-3, true
	case "Microseconds":
		return 1e-6, true
	}
	return 0, false
}
