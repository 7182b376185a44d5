package app

// Noted returns what CloudWatch looked at when it put the alarm into its state, and the alarm with the threshold of
// then; false where its reason does not name the datapoints.
func (a Alarm) Noted() (v Verdict, then Alarm, ok bool) {
	then = a
	if band, ok := ParseAlarmBand(a.ReasonData); ok {
		then.Threshold = nil
		return band.Verdict(a, a.State), then, true
	}
	r, ok := ParseAlarmReason(a.ReasonData)
	if !ok || !a.comparesOne() {
		return Verdict{}, a, false
	}
	then.Threshold = &r.Threshold
	return r.Verdict(a, a.State), then, true
}

// comparesOne reports whether the alarm compares with one threshold, and not with a band.
func (a Alarm) comparesOne() bool {
	switch a.Comparison {
	case "GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold":
		return true
	}
	return false
}
