package phrase

// NotFiltered says of log groups of other classes than the standard one, of which there are n, why none of their
// events are here.
func NotFiltered(n int) string {
	what := "It is of a class that FilterLogEvents does not read, such as infrequent access"
	if n > 1 {
		what = "They are of a class that FilterLogEvents does not read, such as infrequent access"
	}
	return what + "; CloudWatch Logs Insights does"
}
