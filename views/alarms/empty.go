package alarms

import (
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// emptyMessage says why no row is shown and what to do about it; "" while there are rows.
func (v *View) emptyMessage(left filtered) (title, why string) {
	f := v.session.Focus.Now()
	rows := len(left.rows)
	if v.filter.facet == facetUnwatched {
		rows = len(left.unwatched)
	}
	switch {
	case rows > 0:
		return "", ""
	case v.shown.problem != nil && len(v.shown.rows) == 0:
		_, remedy := explain.Explain(v.shown.problem)
		return "The alarms cannot be read", remedy
	case !v.shown.loaded:
		return "Reading the cache", "It takes a moment."
	case !v.shown.asked && v.session.Contact.Now().Trouble != nil:
		why, _ = explain.Explain(v.session.Contact.Now().Trouble)
		return "No alarms in the cache yet", why
	case !v.shown.asked:
		return "No alarms in the cache yet",
			"Press Pull (F5) above, or run nephograph pull. Every read after that is local."
	case v.filter.facet == facetUnwatched && v.filter.text == "":
		return "Every resource with datapoints is watched",
			"Each has an alarm on one of its metrics. Resources that send no metrics are not listed here."
	case len(v.shown.rows) > 0:
		all := phrase.Count(int64(len(v.shown.rows)))
		return "No alarm matches", "Press Esc in the filter, or choose All above, to see all " + all + "."
	case f.Resource != "":
		return "No alarm watches " + resource.Short(f.Resource),
			"Remove the resource filter in the bar above to see all alarms."
	case len(f.Scopes) > 0:
		return "No alarms in these places", "Choose other accounts and Regions in the bar above."
	}
	return "No alarms in these accounts",
		"CloudWatch has none in what was pulled: nothing would notify you of a problem."
}
