package overview

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

func serviceColumns() []ui.Column[line] {
	right := fyne.TextAlignTrailing
	spark := chart.SparkWidth + float32(4)
	return []ui.Column[line]{
		{Title: "Service", Share: 3}, {Title: "", Share: 2, Above: 660},
		{Title: "", Width: spark, Above: 900}, {Title: "Traced", Width: 62, Align: right, Above: 430},
		{Title: "", Width: spark, Above: 640}, {Title: "Faults", Width: 96, Align: right},
		{Title: "", Width: spark, Above: 480}, {Title: "p95", Width: 78, Align: right},
	}
}

// mostTraces bounds what is read of a long window: the newest traces. 2,855 of the demo, of some 12 spans each, take
// 0.8 s.
const mostTraces = 5000

// service is what the cached traces say of one service in one place.
type service struct {
	app.Service
	kind     string // DynamoDB, Lambda; "" where no trace says it
	requests int
	faults   int
	throttle int
	times    []time.Duration // of those that have ended
	mean     time.Duration   // where there are no times: of the service graph
	buckets  []bucket
	per      time.Duration // that requests are counted for; zero: the window
}

// bucket is a part of the window.
type bucket struct {
	requests, faults int
	times            []time.Duration
}

// sparkBuckets is how many parts the window has in a small chart, two pixels wide.
const sparkBuckets = chart.SparkWidth / 2

// tally adds up the spans of traces by service.
type tally struct {
	within app.Range
	by     map[app.Service]*service
	traces int
}

func newTally(within app.Range) *tally { return &tally{within: within, by: map[app.Service]*service{}} }

func (t *tally) of(place app.Scope, name string) *service {
	key := app.Service{Scope: place.Place(), Name: name}
	if t.by[key] == nil {
		t.by[key] = &service{Service: key}
	}
	return t.by[key]
}

// add counts the segments of a trace: each is a request that a service answered.
func (t *tally) add(trace app.Trace) {
	t.traces++
	segments := map[string]string{} // services by the ids of their segments
	for _, span := range trace.Spans {
		if span.Kind == app.Segment {
			segments[span.ID] = span.Service
		}
	}
	for _, span := range trace.Spans {
		if span.Kind != app.Segment || span.Parent != "" && segments[span.Parent] == span.Service {
			continue // AWS Lambda has a segment for the request and one within it for the function
		}
		s := t.of(trace.Scope, span.Service)
		if s.kind = cmp.Or(s.kind, kindOf(span.Origin)); s.buckets == nil {
			s.buckets = make([]bucket, sparkBuckets)
		}
		at := int(float64(span.Start.Sub(t.within.From)) / float64(t.within.Length()) * sparkBuckets)
		b := &s.buckets[min(max(at, 0), sparkBuckets-1)]
		s.requests++
		b.requests++
		if span.Fault {
			s.faults++
			b.faults++
		}
		if span.Throttle {
			s.throttle++
		}
		if !span.End.IsZero() {
			s.times = append(s.times, span.End.Sub(span.Start))
			b.times = append(b.times, span.End.Sub(span.Start))
		}
	}
}

// addGraph adds the services of a service graph that no trace was cached of. Those that call from outside are none.
func (t *tally) addGraph(g app.ServiceGraph) {
	known := map[string]bool{}
	for key := range t.by {
		if key.Scope == g.Place() {
			known[key.Name] = true
		}
	}
	for _, n := range g.Nodes {
		if known[n.Name] || n.Type == app.ClientType || n.Stats.Total == 0 {
			continue
		}
		s := t.of(g.Scope, n.Name)
		if int64(s.requests) >= n.Stats.Total { // a service and its context count the same requests
			continue
		}
		s.kind = cmp.Or(s.kind, kindOf(n.Type))
		s.requests, s.faults, s.throttle = int(n.Stats.Total), int(n.Stats.Fault), int(n.Stats.Throttle)
		s.mean, s.per = n.Stats.Time/time.Duration(n.Stats.Total), g.Range.Length()
	}
}

// kindOf returns the AWS service of a type such as AWS::DynamoDB::Table, "" of another one.
func kindOf(origin string) string {
	parts := strings.Split(origin, "::")
	if len(parts) < 2 || parts[0] != "AWS" {
		return ""
	}
	return resource.Service(strings.ToLower(parts[1]))
}

// worst returns the services, those with the greatest share of faults first, then the slowest.
func (t *tally) worst() []*service {
	var all []*service
	for _, s := range t.by {
		slices.Sort(s.times)
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *service) int {
		return cmp.Or(cmp.Compare(b.faultShare(), a.faultShare()), cmp.Compare(b.throttle, a.throttle),
			cmp.Compare(b.slow(), a.slow()), strings.Compare(a.Name, b.Name), app.CompareScopes(a.Scope, b.Scope))
	})
	return all
}

func (s *service) faultShare() float64 { return float64(s.faults) / float64(max(s.requests, 1)) }

// slow is the response time that 95 of 100 requests do not exceed, or the mean where only that is known.
func (s *service) slow() time.Duration {
	if len(s.times) == 0 {
		return s.mean
	}
	return percentile(s.times, 95)
}

// percentile returns the least of sorted times, of which there is at least one, that p of 100 do not exceed.
func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[(len(sorted)*p+99)/100-1]
}

// readServices lists the services that took part in the traces of the window.
func readServices(ctx context.Context, r Reader, q question) (a answer, err error) {
	t := newTally(q.within)
	asked := app.TraceQuery{Scopes: q.focus.Scopes, Range: q.within, Spans: true, Newest: true, Limit: mostTraces}
	if q.focus.Resource != "" {
		asked.Resources = []string{q.focus.Resource}
	}
	for trace, err := range r.Traces(ctx, asked) {
		if err != nil {
			return a, err
		}
		t.add(trace)
	}
	if q.focus.Resource == "" {
		if err := t.readGraphs(ctx, r, q); err != nil {
			return a, err
		}
	}
	all := t.worst()
	names := map[string]int{}
	for _, s := range all {
		names[s.Name]++
	}
	for _, s := range all {
		kind := s.kind
		if names[s.Name] > 1 { // what tells them apart
			kind = s.Account
			twin := func(o *service) bool { return o.Name == s.Name && o != s && o.Account == s.Account }
			if slices.ContainsFunc(all, twin) {
				kind = s.Region
			}
		}
		a.lines = append(a.lines, s.line(q, kind))
	}
	switch {
	case t.traces == mostTraces:
		a.note = "of the newest " + phrase.Count(int64(mostTraces)) + " traces"
	case t.traces > 0:
		a.note = "of " + phrase.Plural(int64(t.traces), "trace", "traces") + "; X-Ray records a part of all requests"
	case len(all) > 0:
		a.note = "by the service graph; no traces are cached"
	}
	missing, err := readMissing(ctx, r, q, app.Traces)
	a.empty = "No request was traced in this window: X-Ray records only a part of them. Zoom out with − to see more."
	if missing.Any() {
		a.empty = "No traces are cached of this window. " + sentenceOf(missing)
	}
	return a, err
}

func (t *tally) readGraphs(ctx context.Context, r Reader, q question) error {
	places, err := placesOf(ctx, r, q.focus)
	if err != nil {
		return err
	}
	for _, place := range places {
		g, err := r.ServiceGraph(ctx, place, q.within)
		if err != nil {
			return err
		}
		t.addGraph(g)
	}
	return nil
}

// The share of faults from which a service is told to fail, and not only to have faults.
const failing = 0.05

func (s *service) line(q question, kind string) line {
	mark, ink, style := ui.Ring, ui.ColorOK, ui.Note
	switch {
	case s.faultShare() >= failing:
		mark, ink, style = ui.Disc, ui.ColorAlarm, ui.Strong.In(ui.ColorAlarm)
	case s.faults > 0 || s.throttle > 0:
		mark, ink, style = ui.Disc, ui.ColorWarning, ui.Small
	}
	per := s.per
	if per == 0 {
		per = q.within.Length()
	}
	slow := phrase.Duration(roundTo(s.slow()))
	if len(s.times) == 0 {
		slow = "mean " + slow // the service graph has no more
	}
	return line{key: s.Scope.String() + " " + s.Name, item: s.Service, cells: []ui.Cell{
		{Text: resource.Short(s.Name), Mark: mark, Ink: ink}, {Text: kind, Style: ui.Note},
		{Spark: s.spark(q, func(b bucket) (float64, bool) { return float64(b.requests), true })},
		{Text: rate(s.requests, per), Style: ui.Note},
		{Spark: s.spark(q, func(b bucket) (float64, bool) { return float64(b.faults), true })},
		{Text: s.failures(), Style: style},
		{Spark: s.spark(q, bucket.slow)},
		{Text: slow, Style: ui.Small},
	}}
}

// failures says what part of the requests failed, and of those that were only refused for their rate what part.
func (s *service) failures() string {
	if s.faults == 0 && s.throttle > 0 {
		return share(s.throttle, s.requests) + " throttled"
	}
	return share(s.faults, s.requests)
}

// slow is the p95 of a part of the window, if anything was answered in it.
func (b bucket) slow() (float64, bool) {
	if len(b.times) == 0 {
		return 0, false
	}
	slices.Sort(b.times)
	return percentile(b.times, 95).Seconds(), true
}

// spark draws a value of each part of the window, but of those without one; nil where no trace is cached.
func (s *service) spark(q question, value func(bucket) (float64, bool)) *chart.Spark {
	return sparkOf(q.within, len(s.buckets), func(i int) (float64, bool) { return value(s.buckets[i]) })
}

// sparkOf draws n values over a window.
func sparkOf(within app.Range, n int, value func(int) (float64, bool)) *chart.Spark {
	if n == 0 {
		return nil
	}
	step := within.Length() / time.Duration(n)
	var points []app.Point
	for i := range n {
		if v, ok := value(i); ok {
			points = append(points, app.Point{At: within.From.Add(time.Duration(i) * step), Value: v})
		}
	}
	return chart.NewSpark(app.Alarm{}, points, step, within)
}

// rate says how often something is in a length of time: 12/s, 3/min, 40/h.
func rate(n int, per time.Duration) string {
	if per <= 0 {
		return "–"
	}
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{time.Second, "s"}, {time.Minute, "min"}, {time.Hour, "h"}} {
		if v := float64(n) * float64(unit.length) / float64(per); v >= 1 || unit.length == time.Hour {
			return phrase.Number(math.Round(v*10)/10) + "/" + unit.name
		}
	}
	return "–"
}

// share says what part of all something is: 12 %, 0.4 %, 0. A part is never told as none.
func share(n, of int) string {
	if n == 0 || of == 0 {
		return "0"
	}
	percent := 100 * float64(n) / float64(of)
	switch {
	case percent < 0.1:
		return "<0.1 %"
	case percent < 10:
		return fmt.Sprintf("%.1f %%", percent)
	}
	return fmt.Sprintf("%.0f %%", percent)
}

// roundTo rounds a time to what a person reads of it.
func roundTo(d time.Duration) time.Duration {
	switch {
	case d >= 10*time.Second:
		return d.Round(time.Second)
	case d >= time.Second:
		return d.Round(100 * time.Millisecond)
	}
	return d.Round(time.Millisecond)
}
