package resource

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Watched returns the short names of the resources that alarms evaluate, each once.
func Watched(alarms ...app.Alarm) []string {
	var names []string
	for _, a := range alarms {
		for _, r := range a.Readings() {
			if name := Of(r.Metric).Short; name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// WatchedBy reports whether an alarm watches the resource: whether a dimension of what it evaluates names it.
func (n Name) WatchedBy(a app.Alarm) bool {
	return slices.ContainsFunc(a.Readings(), func(r app.Reading) bool { return n.Measures(r.Metric) })
}

// NamedBy reports whether an alarm watches the resource, or is named after it, which is all there is to go by in a
// composite alarm. Of an alarm's name only those words count that no dimension has: the alarm checkout-archive-errors
// on the function checkout-archive is not named after checkout.
func (n Name) NamedBy(a app.Alarm) bool {
	if n.WatchedBy(a) {
		return true
	}
	said := app.Fold(a.Name)
	for _, r := range a.Readings() {
		for _, d := range r.Dimensions {
			if short := app.Fold(Short(d.Value)); short != "" {
				said = strings.ReplaceAll(said, short, "/")
			}
		}
	}
	return n.saidIn(said)
}

// saidIn reports whether a text in lower case says the short name with whole words.
func (n Name) saidIn(text string) bool {
	const separators = "-_/.: "
	own, all := fields(app.Fold(n.Short), separators), fields(text, separators)
	for i := 0; len(own) > 0 && i+len(own) <= len(all); i++ {
		if slices.Equal(all[i:i+len(own)], own) {
			return true
		}
	}
	return false
}
