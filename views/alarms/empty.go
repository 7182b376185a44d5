package alarms

import (
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// emptyMessage says why there is nothing to see and what to do; "" while there is something.
func (v *View) emptyMessage(p filtered) (title, why string) {
	f := v.session.Focus.Now()
	rows := len(p.rows)
	if v.filter.facet == facetUnwatched {
		rows = len(p.unwatched)
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
		return "No alarms in the cache yet", "Press Pull (F5) above, or run nephograph pull. Every read after that is local."
	case v.filter.facet == facetUnwatched && v.filter.text == "":
		return "Every resource with datapoints is watched", "Each has an alarm on one of its metrics. Resources that send no metrics are not seen here."
	case len(v.shown.rows) > 0:
		return "No alarm fits", "Press Esc in the filter, or choose All above, to see all " + phrase.Count(int64(len(v.shown.rows))) + "."
	case f.Resource != "":
		return "No alarm watches " + f.Resource, "Take the resource filter away in the bar above to see all alarms."
	case len(f.Scopes) > 0:
		return "No alarms in these places", "Choose other accounts and Regions in the bar above."
	}
	return "No alarms in these accounts", "CloudWatch has none where the cache has looked: nothing here would tell you of trouble."
}
