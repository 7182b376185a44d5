package logs

import (
	"context"
	"errors"
	"image"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// patternDetail is a pattern of log events: how many, since when, the values of its wildcards, and its newest events.
type patternDetail struct {
	item  patternItem
	facts *patternFacts // nil until read
}

// patternFacts is what is read of a pattern.
type patternFacts struct {
	events int
	values []wildcardValues
	newest []app.LogEvent // the newest first
}

// wildcardValues are the most frequent values of a wildcard.
type wildcardValues struct {
	pattern.Wildcard
	top       []pattern.Value
	different int
}

const (
	patternValues = 5  // values of a wildcard that are listed
	patternEvents = 10 // newest events that are listed
	maxWildcards  = 16 // wildcards whose values are listed
)

// phrasesAsked is how many phrases of a template are looked for: the language of queries cannot say a pattern, and the
// longest literal pieces of it, joined, are rarely those of another one.
const phrasesAsked = 3

// phrases returns the query of the pattern's longest phrases, and what that adds to a query in words.
func (d patternDetail) phrases() (terms []app.LogTerm, words []string) {
	for _, p := range d.item.Phrases(phrasesAsked) {
		t := app.LogTerm{Text: p}
		terms, words = append(terms, t), append(words, query.Format(t))
	}
	return terms, words
}

// narrowed asks for the events that have the pattern's phrases.
func (d patternDetail) narrowed() app.LogQuery {
	q := d.item.asked
	terms, _ := d.phrases()
	q.Match = app.AllOf(q.Match, app.MatchAll(terms...))
	return q
}

func (d patternDetail) Read(ctx context.Context, r Reader, _ drawer.ReadContext) (drawer.Detail[Reader], error) {
	f := &patternFacts{}
	values := d.item.NewValues()
	var problem error
	for e, err := range r.LogEvents(ctx, d.narrowed()) {
		if err != nil {
			problem = err
			break
		}
		if !values.Add(e.Message) {
			continue
		}
		if f.newest = append(f.newest, e); len(f.newest) > patternEvents {
			f.newest = f.newest[1:]
		}
	}
	slices.Reverse(f.newest)
	f.events = values.Messages()
	for i, w := range d.item.Wildcards() {
		if i == maxWildcards {
			break
		}
		v := wildcardValues{Wildcard: w}
		v.top, v.different = values.Top(i, patternValues)
		f.values = append(f.values, v)
	}
	d.facts = f
	return d, errors.Join(problem)
}

func (d patternDetail) Page(k drawer.PageContext) *drawer.Page {
	i := d.item
	kind := "Pattern of log events"
	if i.Change != pattern.Steady {
		kind += " · " + i.Change.String()
	}
	count := phrase.Plural(int64(i.Count), "event", "events") + ", " + phrase.Share(i.Share) + " of what was found"
	p := drawer.NewPage(kind, d.title(), nil, count)
	p.Text(i.text, ui.Style{Color: ui.ColorText, Size: drawer.MessageStyle, Mono: true})
	p.Gap(10)
	p.Add(newPatternChart(i, k))
	p.Gap(8)
	p.Fact("First", k.Stamp(i.First))
	p.Fact("Last", k.Stamp(i.Last))
	p.Fact("Before", d.beforeText())
	p.Gap(4)
	listLevels(p, i.Levels)
	p.Section("Go to")
	d.pivots(p, k)
	if d.facts != nil {
		d.values(p, k)
		d.newest(p, k)
	}
	p.Copy = i.text
	return p
}

// titleLetters is how long a title may be; the whole pattern stands below it.
const titleLetters = 48

// title is the beginning of the pattern, without the fields of JSON.
func (d patternDetail) title() string {
	text, _, _ := strings.Cut(d.item.text, " {")
	if letters := []rune(text); len(letters) > titleLetters {
		return strings.TrimSpace(string(letters[:titleLetters])) + "…"
	}
	return text
}

// beforeText says how it was in the time before.
func (d patternDetail) beforeText() string {
	i := d.item
	if i.before.Empty() {
		return "not compared: too little of it is in the cache"
	}
	text := phrase.Plural(int64(i.Before), "event", "events") + " in the " + phrase.Window(i.before.Length()) +
		" before"
	if i.Change == pattern.Surging {
		text += ": now more than twice the rate, which is not chance"
	}
	return text
}

func (d patternDetail) pivots(p *drawer.Page, k drawer.PageContext) {
	terms, words := d.phrases()
	if len(terms) > 0 && d.item.filter != nil {
		p.Pivot("Filter the events by it", "f", "", func() {
			d.item.filter(strings.TrimSpace(d.item.query + " " + strings.Join(words, " ")))
		})
	}
	newest := d.narrowed()
	newest.Newest = true
	p.Pivot("Its events here", "l", phrase.Count(int64(d.item.Count)), func() {
		k.Open(app.LogList{Title: "Events of a pattern", Query: newest})
	})
	within := d.item.asked.Range
	p.Pivot("Show it on the timeline", "h", phrase.Window(within.Length()), func() {
		k.GoTo(within, d.item.asked.Resource)
	})
}

// values lists the values of each wildcard; each leads to the events that have it.
func (d patternDetail) values(p *drawer.Page, k drawer.PageContext) {
	for n, v := range d.facts.values {
		title := v.Name
		if title == "" {
			title = "<" + v.Kind.String() + "> " + phrase.Count(int64(n+1))
		}
		p.Section(title + " · " + phrase.Plural(int64(v.different), "value", "values"))
		if len(v.top) > 1 && v.top[0].Count == 1 { // an id: no value tells more than another
			p.Text("Each in one event, such as "+oneLine(v.top[0].Text)+".", ui.Note)
			continue
		}
		for _, value := range v.top {
			q := d.narrowed()
			q.Match, q.Newest = app.AllOf(q.Match, app.LogTerm{Text: value.Text}.Expr()), true
			p.Pivot(oneLine(value.Text), "", phrase.Count(int64(value.Count)), func() {
				k.Open(app.LogList{Title: "Events with " + oneLine(value.Text), Query: q})
			})
		}
	}
}

func (d patternDetail) newest(p *drawer.Page, k drawer.PageContext) {
	if len(d.facts.newest) == 0 {
		p.Gap(8)
		p.Text("Its events are no longer in the cache.", ui.Note)
		return
	}
	p.Section("Newest events")
	for _, e := range d.facts.newest {
		listLog(p, k, e)
	}
}

// patternChart is how many events a pattern has over the window.
type patternChart struct {
	widget.BaseWidget
	item  patternItem
	scale chart.Scale
	frame drawer.ChartFrame
}

const patternHeight = 56 // of the bars

func newPatternChart(item patternItem, k drawer.PageContext) *patternChart {
	most := int32(1)
	for _, n := range item.Counts {
		most = max(most, n)
	}
	c := &patternChart{item: item, scale: chart.Scale{Max: float64(most)}}
	c.frame = drawer.NewChartFrame(c.draw, patternHeight, patternHeight-drawer.ChartLine, item.asked.Range, c.scale, "",
		k)
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer draws the chart.
func (c *patternChart) CreateRenderer() fyne.WidgetRenderer {
	return &ui.Face{Widget: c, Parts: c.frame.Parts(), Min: c.frame.Min, Place: func(s fyne.Size) { c.frame.Place(s) }}
}

func (c *patternChart) draw(w, h int) image.Image {
	size := c.frame.Picture.Size()
	if w == 0 || h == 0 || size.Width == 0 {
		return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	}
	within := c.item.asked.Range
	axis := chart.Axis{Range: within, Width: size.Width}
	p := chart.NewPicture(axis, size.Height, float32(w)/size.Width, ui.NewPalette())
	band := chart.Band{Top: 1, Bottom: size.Height - 1}
	ink, _ := ui.OfLevel(c.item.Level())
	for i, n := range c.item.Counts {
		from := within.From.Add(time.Duration(i) * c.item.bucket)
		p.Bar(app.Range{From: from, To: from.Add(c.item.bucket)}, 0, float64(n)/c.scale.Max, band, chart.Solid(ink))
	}
	return p.Image()
}
