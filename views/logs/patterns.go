package logs

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// newPatterns returns the screen of the patterns of what a query finds. filter shows the events of a query.
func newPatterns(session *ui.Session, r Reader, filter func(query string)) *explore.Screen[patternRow] {
	return explore.New(explore.Parts[patternRow]{
		Name: "Logs", Tab: "Patterns", Hint: hint, Session: session, Signal: app.Logs,
		Columns: patternColumns(), Key: func(r patternRow) string { return r.text },
		Item: func(r patternRow) app.Item { return r.patternItem },
		KeyOf: func(item app.Item) string {
			p, _ := item.(patternItem)
			return p.text
		},
		Read: func(ctx context.Context, q explore.Question) (explore.Answer[patternRow], error) {
			return minePatterns(ctx, r, q, filter)
		},
		Orders: [2]string{"Most events first", "New and surging first"},
		Check:  check,
		Fields: queryFields,
	})
}

// patternItem is a pattern as the drawer shows it.
type patternItem struct {
	pattern.Pattern
	text   string             // of the template
	bucket time.Duration      // by which its events are counted
	asked  app.LogQuery       // that the events were found by
	query  string             // in words
	before app.Range          // what it was compared with; empty: nothing
	filter func(query string) // shows the events of a query
}

// patternRow is a pattern as the list shows it.
type patternRow struct {
	patternItem
	wild  []ui.Span // of the text, where its wildcards stand
	spark *chart.Spark
}

func newPatternRow(p patternItem) patternRow {
	r := patternRow{patternItem: p}
	for _, part := range p.Parts() {
		from := len(r.text)
		if r.text += part.Text; part.Wild {
			r.wild = append(r.wild, ui.Span{From: from, To: len(r.text)})
		}
	}
	r.text = cmp.Or(r.text, "(empty)") // the key of the row
	r.spark = chart.NewSpark(app.Alarm{}, p.points(), p.bucket, p.asked.Range)
	return r
}

// points are the counts as datapoints at the beginnings of their buckets.
func (p patternItem) points() (points []app.Point) {
	for i, n := range p.Counts {
		points = append(points, app.Point{At: p.asked.Range.From.Add(time.Duration(i) * p.bucket), Value: float64(n)})
	}
	return points
}

// minePatterns reads what a question finds, and the time before it, which is as long.
func minePatterns(
	ctx context.Context, r Reader, q explore.Question, filter func(string),
) (a explore.Answer[patternRow], err error) {
	parsed, _, err := readQuery(q.Text)
	if err != nil {
		return a, err
	}
	asked := parsed.Narrow(app.LogQuery{Scopes: q.Focus.Scopes, Range: q.Range, Resource: q.Focus.Resource})
	before := app.Range{From: q.Range.From.Add(-q.Range.Length()), To: q.Range.From}
	covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: q.Focus.Scopes, Signal: app.Logs, Range: before})
	if err != nil {
		return a, err
	}
	known := pattern.Known(before, covers)
	set, err := mineEvents(ctx, r, asked, before, known)
	if err != nil {
		return a, err
	}
	if known == 0 {
		before = app.Range{}
	}
	if a.Total = len(set.Patterns); q.Turned {
		slices.SortStableFunc(set.Patterns, func(a, b pattern.Pattern) int {
			return cmp.Compare(changeRank(a.Change), changeRank(b.Change))
		})
	}
	item := patternItem{bucket: set.Bucket, asked: asked, query: q.Text, before: before, filter: filter}
	for _, item.Pattern = range set.Patterns[:min(q.Limit, a.Total)] {
		a.Items = append(a.Items, newPatternRow(item))
	}
	a.Count, a.Found = countPatterns(set), comparedText(before)
	totals, err := r.LogTotals(ctx, asked)
	if err != nil {
		return a, err
	}
	a.Facets = facetsOf(totals, nil)
	return describe(ctx, r, q, asked, a)
}

// mineEvents reads the events of a query, and those of the time before where enough of it is known.
func mineEvents(
	ctx context.Context, r Reader, asked app.LogQuery, before app.Range, known time.Duration,
) (pattern.Set, error) {
	miner := pattern.NewMiner(asked.Range, pattern.BucketFor(asked.Range))
	if known > 0 {
		asked.Range.From = before.From
	}
	for e, err := range r.LogEvents(ctx, asked) {
		if err != nil {
			return pattern.Set{}, err
		}
		miner.Add(e)
	}
	return miner.Mine(known), nil
}

// changeRank is in which order changes are listed.
func changeRank(c pattern.Change) int {
	switch c {
	case pattern.New:
		return 0
	case pattern.Surging:
		return 1
	}
	return 2
}

// countPatterns says how many patterns there are, and how many of them are new or surging: 37, 2 new.
func countPatterns(s pattern.Set) string {
	counts := map[pattern.Change]int{}
	for _, p := range s.Patterns {
		counts[p.Change]++
	}
	text := phrase.Count(int64(len(s.Patterns)))
	for _, c := range []pattern.Change{pattern.New, pattern.Surging} {
		if n := counts[c]; n > 0 {
			text += ", " + phrase.Count(int64(n)) + " " + c.String()
		}
	}
	return text
}

// comparedText says what the patterns were compared with.
func comparedText(before app.Range) string {
	if before.Empty() {
		return "not compared: the time before is not pulled"
	}
	return "compared with the " + phrase.Window(before.Length()) + " before"
}

// patternColumns are those of the list: what is new, how many, when, how grave, and what they say.
func patternColumns() []ui.Column[patternRow] {
	number := ui.Code.In(ui.ColorText)
	return []ui.Column[patternRow]{
		{Title: "Count", Width: 66, Align: fyne.TextAlignTrailing, Cell: func(r patternRow) ui.Cell {
			return ui.Cell{Text: phrase.Count(int64(r.Count)), Style: number}
		}},
		{Title: "Share", Width: 56, Above: 700, Align: fyne.TextAlignTrailing, Cell: func(r patternRow) ui.Cell {
			return ui.Cell{Text: shortShare(r.Share), Style: ui.Note}
		}},
		{Title: "Over time", Width: chart.SparkWidth, Above: 560, Cell: func(r patternRow) ui.Cell {
			return ui.Cell{Spark: r.spark}
		}},
		{Title: "Change", Width: 64, Cell: func(r patternRow) ui.Cell {
			ink := changeInk(r.Change)
			return ui.Cell{Text: r.Change.String(), Style: ui.Note.In(ink), Mark: changeMark(r.Change), Ink: ink}
		}},
		{Title: "Level", Width: 62, Above: 480, Cell: func(r patternRow) ui.Cell { return levelCell(r.Level()) }},
		{Title: "Pattern", Cell: func(r patternRow) ui.Cell {
			return ui.Cell{Text: r.text, Style: ui.Code.In(messageColor(r.Level())), Spans: r.wild,
				Ground: ui.ColorRaised}
		}},
	}
}

// shortShare is a share in few signs.
func shortShare(share float64) string {
	if share < 0.001 {
		return "<0.1 %"
	}
	return phrase.Share(share)
}

// changeInk is the colour of a change: what is new may matter most.
func changeInk(c pattern.Change) fyne.ThemeColorName {
	if c == pattern.Steady {
		return ui.ColorQuiet
	}
	return ui.ColorWarning
}

func changeMark(c pattern.Change) ui.Shape {
	switch c {
	case pattern.New:
		return ui.Disc
	case pattern.Surging:
		return ui.Ring
	}
	return ui.NoShape
}
