package traces

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Screen lists the traces of the focus that a query finds, above them their response times over the window, beside them
// how many there are by result, service and request; or the services that requests go through, as a map and a list; or
// the whole waterfall of one trace.
type Screen = explore.Tabs

// New returns the screen; it reads nothing until it is entered.
func New(session *ui.Session, r Reader) *Screen {
	return explore.NewTabs('p', newList(session, r), newServices(session, r), newWaterfall(session, r))
}

// newList returns the screen of the traces themselves.
func newList(session *ui.Session, r Reader) *explore.Screen[app.Trace] {
	return explore.New(explore.Parts[app.Trace]{
		Name: "Traces", Tab: "Traces", Hint: "Words, result:fault, duration>1s, status>=500, entry:checkout*, -without",
		Session: session,
		Signal:  app.Traces, Columns: columns(session), Key: func(t app.Trace) string { return keyOf(t) },
		Item: func(t app.Trace) app.Item { return t }, KeyOf: keyOf,
		Read: func(ctx context.Context, q explore.Question) (explore.Answer[app.Trace], error) {
			return search(ctx, r, q)
		},
		Check:  func(text string) error { _, err := query.ParseFilter(text, fieldNames); return err },
		Fields: fieldNames,
	})
}

// search reads what a question finds.
func search(ctx context.Context, r Reader, q explore.Question) (a explore.Answer[app.Trace], err error) {
	filter, err := query.ParseFilter(q.Text, fieldNames)
	if err != nil {
		return a, err
	}
	asked := app.TraceQuery{Scopes: q.Focus.Scopes, Range: q.Range, Newest: !q.Turned}
	if q.Focus.Resource != "" {
		asked.Resources = []string{q.Focus.Resource}
	}
	var dots []app.Latency
	facets := explore.NewCounter(facetFields)
	all := 0
	for t, err := range r.Traces(ctx, asked) {
		if err != nil {
			return a, err
		}
		all++
		if !filter.Match(traceFields{t}) {
			continue
		}
		a.Total++
		facets.Count(traceFields{t}.Values)
		dots = append(dots, app.Latency{Scope: t.Scope, ID: t.ID, At: t.Start, Response: t.Response, Fault: t.Fault,
			Error:    t.Error,
			Throttle: t.Throttle})
		if len(a.Items) < q.Limit {
			a.Items = append(a.Items, t)
		}
	}
	a.Facets = facets.Facets()
	a.Count = phrase.Count(int64(a.Total))
	a.Found = phrase.Plural(int64(all), "trace", "traces")
	if q.Text != "" {
		a.Found = phrase.Count(int64(a.Total)) + " of " + a.Found
	}
	known, err := explore.ReadKnown(ctx, r, app.Traces, "", q)
	if err != nil {
		return a, err
	}
	a.Lane = lane.NewTrace(lane.TraceData{Window: known.Window(q), Latencies: dots, Service: q.Focus.Resource})
	explore.Say(&a, q, known, explore.Words{Items: "traces", Late: "X-Ray keeps traces for 30 days.",
		Absent: "Nothing was sampled: X-Ray records only a part of all requests."})
	return a, nil
}
