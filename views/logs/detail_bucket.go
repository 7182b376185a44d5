package logs

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// bucketDetail is a bar of a log lane: the stretch of time that it stands for, in the groups that its lane shows.
type bucketDetail struct {
	bucket app.LogBucket
	facts  *bucketFacts // nil until read
}

// bucketFacts is what is read of a bar beside its counts.
type bucketFacts struct {
	groups  []app.LogTotal // that have events, most events first
	events  []app.LogEvent // the first of them, the gravest first
	traces  related.Count  // that started in the stretch
	changes related.ChangesBefore
}

func (d bucketDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	f := &bucketFacts{}
	var problems [4]error
	f.groups, problems[0] = r.LogTotals(ctx, d.bucket.Query())
	slices.SortStableFunc(f.groups, func(a, b app.LogTotal) int { return cmp.Compare(b.Events(), a.Events()) })
	f.events, problems[1] = gravest(ctx, r, d.bucket.Query(), drawer.ListLimit)
	f.traces, problems[2] = related.CountTraces(ctx, r, d.traceQuery())
	f.changes, problems[3] = related.ReadChangesBefore(ctx, r, d.bucket.Scopes, d.bucket.Range.From, d.resources())
	d.facts = f
	return d, errors.Join(problems[:]...)
}

// gravest returns at most n events of a question: the errors, then the warnings, then the others, each in the order of
// time.
func gravest(ctx context.Context, r Reader, q app.LogQuery, n int) (events []app.LogEvent, err error) {
	q.Limit = n // of which those that are graver were taken already, so that enough are left
	known := app.LevelError + 1
	for _, level := range []app.Level{app.LevelError, app.LevelWarn, app.LevelNone} {
		q.Level = level
		found, err := r.SearchLogs(ctx, q)
		if err != nil {
			return events, err
		}
		for _, e := range found.Events {
			if e.Level < known && len(events) < n {
				events = append(events, e)
			}
		}
		if known = level; len(events) == n {
			break
		}
	}
	return events, nil
}

// of says whose events they are, "" for all.
func (d bucketDetail) of() string {
	groups := d.bucket.Groups
	switch len(groups) {
	case 0:
		return d.bucket.Resource
	case 1:
		return resource.OfGroup(groups[0]).Detailed()
	}
	return resource.OfGroup(groups[0]).Detailed() + " +" + phrase.Count(int64(len(groups)-1))
}

// resource is by what other signals are found that belong to the bar: its only group's, or what was narrowed to.
func (d bucketDetail) resource() string {
	if len(d.bucket.Groups) == 1 {
		return resource.OfGroup(d.bucket.Groups[0]).Short
	}
	return d.bucket.Resource
}

func (d bucketDetail) traceQuery() app.TraceQuery {
	return app.TraceQuery{Scopes: d.bucket.Scopes, Range: d.bucket.Range, Resources: []string{d.resource()}}
}

// resources are those of its groups, or what was narrowed to: what a change has to concern to matter here.
func (d bucketDetail) resources() (names []string) {
	for _, g := range d.bucket.Groups {
		names = append(names, resource.OfGroup(g).Short)
	}
	if len(names) == 0 && d.bucket.Resource != "" {
		names = []string{d.bucket.Resource}
	}
	return names
}

// counts are how many events there are of each level: those that were clicked, or what the cache holds by now.
func (d bucketDetail) counts() (all [app.LevelError + 1]int) {
	if d.facts == nil || len(d.facts.groups) == 0 {
		return d.bucket.Counts
	}
	for _, g := range d.facts.groups {
		for level, n := range g.Counts {
			all[level] += n
		}
	}
	return all
}

func (d bucketDetail) Page(k drawer.PageContext) *drawer.Page {
	b, counts := d.bucket, d.counts()
	title := "Logs"
	if of := d.of(); of != "" {
		title += " of " + of
	}
	all := app.LogBucket{Counts: counts}.Total()
	p := drawer.NewPage("A stretch of logs · "+phrase.Window(b.Range.Length()), title, nil,
		phrase.Plural(int64(all), "event", "events")+" · "+k.Span(b.Range.From, b.Range.To))
	listLevels(p, counts)
	if d.facts != nil {
		d.groups(p, k)
	}
	p.Section("Go to")
	d.pivots(p, k, counts)
	if d.facts != nil {
		d.events(p, k)
	}
	return p
}

// listLevels adds how many events there are of each level, the gravest first.
func listLevels(p *drawer.Page, counts [app.LevelError + 1]int) {
	for level, n := range slices.Backward(counts[:]) {
		if n > 0 {
			color, word := ui.OfLevel(app.Level(level))
			p.Add(container.NewHBox(ui.NewMark(ui.Square, color, 9), ui.NewSpace(2, 24), ui.NewText(word, ui.Body),
				layout.NewSpacer(), ui.NewText(phrase.Count(int64(n)), ui.Quiet)))
		}
	}
}

// groupsListed is how many groups of a bar are listed.
const groupsListed = 8

// groups lists the groups with how many events each has; each leads to its own.
func (d bucketDetail) groups(p *drawer.Page, k drawer.PageContext) {
	if len(d.facts.groups) == 0 {
		return
	}
	p.Section("Groups")
	for i, g := range d.facts.groups {
		if i == groupsListed {
			p.Text("And "+phrase.Plural(int64(len(d.facts.groups)-i), "group", "groups")+" more.", ui.Note)
			break
		}
		said := phrase.Count(int64(g.Events()))
		if n := g.Counts[app.LevelError]; n > 0 {
			said = phrase.Plural(int64(n), "error", "errors") + " · " + said
		}
		q := d.bucket.Query()
		q.Scopes, q.Groups = []app.Scope{g.Scope}, []string{g.Group}
		p.Pivot(g.Group, "", said, func() {
			k.Open(app.LogList{Title: "Logs of " + resource.OfGroup(g.Group).Detailed(),
				Query: q})
		})
	}
}

func (d bucketDetail) pivots(p *drawer.Page, k drawer.PageContext, counts [app.LevelError + 1]int) {
	f := d.facts
	if f == nil { // keys work before the counts are there
		f = &bucketFacts{changes: related.ChangesBefore{Scopes: d.bucket.Scopes, At: d.bucket.Range.From,
			Resources: d.resources()}}
	}
	q, at := d.bucket.Query(), phrase.Clock(d.bucket.Range.From, k.Session.Zone.Now())
	p.Pivot("All in the order of time", "l", phrase.Count(int64(app.LogBucket{Counts: counts}.Total())), func() {
		k.Open(app.LogList{Title: "Logs from " + at, Query: q})
	})
	if n := counts[app.LevelError]; n > 0 {
		errorsOnly := q
		errorsOnly.Level = app.LevelError
		p.Pivot("Errors alone", "e", phrase.Count(int64(n)), func() {
			k.Open(app.LogList{Title: "Errors from " + at, Query: errorsOnly})
		})
	}
	p.Pivot(strings.TrimSuffix("Traces of "+d.resource(), " of ")+" in it", "t",
		phrase.CountOnceRead(f.traces, d.facts != nil), func() {
			k.Open(app.TraceList{Title: "Traces from " + at, Query: d.traceQuery()})
		})
	p.ChangesBefore(k, f.changes, d.of(), at, d.facts != nil)
	p.Pivot("The stretch on the timeline", "h", phrase.Window(d.bucket.Range.Length()),
		func() { k.GoTo(d.bucket.Range, d.bucket.Resource) })
}

func (d bucketDetail) events(p *drawer.Page, k drawer.PageContext) {
	events := d.facts.events
	if len(events) == 0 {
		p.Gap(8)
		p.Text("Its events are no longer in the cache.", ui.Note)
		return
	}
	heading := "Events"
	if first, last := events[0].Level, events[len(events)-1].Level; first >= app.LevelWarn && last < first {
		heading = "Events, gravest first"
	}
	p.Section(heading)
	for _, e := range events {
		listLog(p, k, e)
	}
	if rest := (app.LogBucket{Counts: d.counts()}).Total() - len(events); rest > 0 {
		p.Text("And "+phrase.Count(int64(rest))+" more.", ui.Note)
	}
	p.Copy = logText(k, events)
}
