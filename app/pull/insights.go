package pull

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// InsightsEstimate is what a query for Logs Insights is believed to scan, before it runs.
type InsightsEstimate struct {
	Bytes int64
	Cost  app.Money
	// Most is what the groups store in all: nothing scans more. A query whose range is split scans it twice and more.
	Most int64
	// Unknown are groups of which nothing is known here: what they hold is not in Bytes.
	Unknown []string
}

// EstimateInsights says what a query would scan and cost, from what DescribeLogGroups has said of the groups: as if
// what a group stores had come evenly since it was made, or within its retention.
func (e *Engine) EstimateInsights(q app.InsightsQuestion, region string, groups []app.LogGroup) (sum InsightsEstimate) {
	for _, name := range q.Groups {
		i := slices.IndexFunc(groups, func(g app.LogGroup) bool { return g.Name == name })
		if i < 0 {
			sum.Unknown = append(sum.Unknown, name)
			continue
		}
		sum.Bytes += scanOf(groups[i], q.Range, e.now())
		sum.Most += groups[i].Stored
	}
	sum.Cost = e.price.of(app.GetQueryResults, region, int(sum.Bytes))
	return sum
}

// scanOf returns how many bytes of a group lie in a range.
func scanOf(g app.LogGroup, within app.Range, now time.Time) int64 {
	held := app.Range{From: g.Created, To: now}
	if oldest := now.AddDate(0, 0, -g.Retention); g.Retention > 0 && held.From.Before(oldest) {
		held.From = oldest
	}
	if g.Created.IsZero() && g.Retention == 0 || held.Empty() {
		return g.Stored
	}
	share := float64(held.Intersect(within).Length()) / float64(held.Length())
	return int64(float64(g.Stored) * share)
}

// Insights asks Logs Insights in a place that is reached, keeps the answer in the cache with its question, and returns
// it. Each query that is started has to stay under the cap of the month with what it is believed to scan; what it did
// scan is held against the cap when it has ended. An answer that breaks off after rows have come is kept with them, and
// returned beside the error.
func (e *Engine) Insights(ctx context.Context, from Sources, q app.InsightsQuestion, groups []app.LogGroup) (
	app.InsightsResult, error,
) {
	result := app.InsightsResult{Scope: from.Scope, Text: q.Text, Language: q.Language, Groups: q.Groups,
		Range: q.Range,
		At:    e.now().UTC()}
	if result.Language == "" {
		result.Language = app.LogsInsightsQL
	}
	if from.Insights == nil {
		return result, &app.Error{Kind: app.NotFound, Op: app.StartQuery.Action,
			Err: errors.New("this place has no such source")}
	}
	var held app.Money
	q.Start = func(ctx context.Context, part app.Range) error {
		one := q
		one.Range = part
		price := e.EstimateInsights(one, from.Scope.Region, groups).Cost
		// What is not known is not free: without any room under the cap nothing is started.
		if err := e.month.hold(ctx, max(price, 1)); err != nil {
			return err
		}
		held = max(price, 1)
		return nil
	}
	q.End = func(scanned int64) {
		cost := e.price.of(app.GetQueryResults, from.Scope.Region, int(scanned))
		e.month.settle(held, cost)
		result.Scanned, result.Cost, held = result.Scanned+scanned, app.Total(result.Cost, cost), 0
	}
	rows := newRowTable()
	var failed error
	for page, err := range from.Insights(ctx, q) {
		rows.add(page.Items)
		for _, p := range page.Problems {
			result.Cut = p.Message
		}
		failed = err
	}
	result.Columns, result.Rows = rows.columns, rows.squared()
	result.Count = len(result.Rows)
	if failed != nil && result.Count == 0 {
		return result, failed
	}
	if failed != nil {
		result.Cut = "it was broken off: " + failed.Error()
	}
	id, err := e.keepResult(context.WithoutCancel(ctx), result)
	result.ID = id
	return result, errors.Join(failed, err)
}

// rowTable puts rows, each with the columns that it has, into columns.
type rowTable struct {
	columns []string
	index   map[string]int
	rows    [][]*string
}

func newRowTable() *rowTable { return &rowTable{index: map[string]int{}} }

func (t *rowTable) add(rows []app.LogRow) {
	for _, r := range rows {
		row := make([]*string, len(t.columns))
		for _, f := range r.Fields {
			i, ok := t.index[f.Name]
			if !ok {
				i = len(t.columns)
				t.index[f.Name], t.columns = i, append(t.columns, f.Name)
			}
			for len(row) <= i {
				row = append(row, nil)
			}
			row[i] = &f.Value
		}
		t.rows = append(t.rows, row)
	}
}

// squared returns the rows with all columns each.
func (t *rowTable) squared() [][]*string {
	for i, row := range t.rows {
		for len(row) < len(t.columns) {
			row = append(row, nil)
		}
		t.rows[i] = row
	}
	return t.rows
}
