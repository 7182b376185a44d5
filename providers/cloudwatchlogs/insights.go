package cloudwatchlogs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query/pipe"
	"github.com/nephograph/nephograph/providers"
)

// Insights asks Logs Insights and yields the rows of the answer (StartQuery, GetQueryResults). It asks again until the
// query has ended, and reads the pages of its result. A query that runs when the context ends is stopped (StopQuery).
//
// An answer that reaches q.Rows is cut off: AWS keeps no more rows. Where the parts of the range answer the query
// together (pipe.Query.Splits), the range is split into as many parts as the number of matching events asks for, and
// each part again if it has to be. StartQuery counts in whole seconds and includes both ends, so parts share a second,
// whose events come once, by their @ptr; AWS does not say whether the last second is included whole, and so it does not
// matter. Where the range cannot be split, or two seconds have too many rows, what came is yielded with a Problem of
// the kind TooMuch.
func (s *Source) Insights(ctx context.Context, q app.InsightsQuestion) iter.Seq2[app.Page[app.LogRow], error] {
	return func(yield func(app.Page[app.LogRow], error) bool) {
		if q.Range.Empty() {
			return
		}
		a := &answering{Source: s, question: q, most: rowsOf(q), yield: yield}
		if parsed, err := pipe.Parse(q.Text); err == nil && languageOf(q) == types.QueryLanguageCwli {
			a.oldest, a.splits = parsed.Splits()
		}
		last := max(q.Range.From.Unix(), ceilSecond(q.Range.To)-1)
		a.between(ctx, q.Range.From.Unix(), last)
	}
}

// rowsOf returns how many rows one query gives at most.
func rowsOf(q app.InsightsQuestion) int {
	most := app.InsightsRows
	if languageOf(q) != types.QueryLanguageCwli {
		most = app.InsightsPage
	}
	if q.Rows > 0 {
		most = min(most, q.Rows)
	}
	return most
}

func languageOf(q app.InsightsQuestion) types.QueryLanguage {
	return types.QueryLanguage(cmp.Or(q.Language, app.LogsInsightsQL))
}

// ceilSecond returns the first whole second not before an instant: the last that a query has to include is the one
// before it.
func ceilSecond(t time.Time) int64 { return t.Add(time.Second - time.Nanosecond).Unix() }

// answering is one question while it is answered, by one query or many.
type answering struct {
	*Source
	question app.InsightsQuestion
	most     int  // rows of one query
	splits   bool // the parts of the range answer the question together
	oldest   bool // the oldest rows come first
	yield    func(app.Page[app.LogRow], error) bool

	queries, rows int
	scanned       int64
	edge          map[string]bool // ptrs of the rows of the part before, with which the next shares a second
}

// between answers for the seconds from first to last, both included. It returns false when no more is to be yielded.
func (a *answering) between(ctx context.Context, first, last int64) bool {
	result, err := a.run(ctx, first, last)
	if err != nil {
		a.yield(app.Page[app.LogRow]{}, err)
		return false
	}
	switch {
	case len(result.rows) < a.most:
		return a.give(result.rows, nil)
	case a.splits && last-first > 1:
		return a.split(ctx, first, last, result.matched)
	}
	why := "Logs Insights gives no more rows of one query, and the range of this one cannot be split"
	if a.splits {
		why = "there are more in the two seconds from " + time.Unix(first, 0).UTC().Format(time.RFC3339)
	}
	return a.give(result.rows, []app.Problem{{Kind: app.TooMuch,
		Message: fmt.Sprintf("only the first %d rows came: %s", a.most, why)}})
}

// filling is how full the parts of a range are made, of what a query can give: events are not spread evenly.
const filling = 0.6

// split answers for parts of a range of seconds, in the order of the rows.
func (a *answering) split(ctx context.Context, first, last int64, matched float64) bool {
	parts := int64(min(max(matched/(filling*float64(a.most)), 2), 1_000))
	parts = min(parts, last-first)
	bounds := make([]int64, 0, parts+1)
	for i := range parts + 1 {
		bounds = append(bounds, first+(last-first)*i/parts)
	}
	if !a.oldest {
		slices.Reverse(bounds)
	}
	for i := range parts {
		if !a.between(ctx, min(bounds[i], bounds[i+1]), max(bounds[i], bounds[i+1])) {
			return false
		}
	}
	return true
}

// give yields rows, without those of the part before.
func (a *answering) give(rows []app.LogRow, problems []app.Problem) bool {
	ptrs := make(map[string]bool, len(rows))
	fresh := rows[:0]
	for _, r := range rows {
		if r.Ptr != "" {
			ptrs[r.Ptr] = true
		}
		if r.Ptr == "" || !a.edge[r.Ptr] {
			fresh = append(fresh, r)
		}
	}
	if a.splits && len(ptrs) > 0 { // a part without rows shares nothing
		a.edge = ptrs
	}
	a.rows += len(fresh)
	a.tell(app.InsightsProgress{Status: string(types.QueryStatusComplete)})
	return a.yield(app.Page[app.LogRow]{Items: fresh, Problems: problems}, nil)
}

func (a *answering) tell(p app.InsightsProgress) {
	if a.question.Tell != nil {
		p.Rows, p.Scanned, p.Queries = a.rows, a.scanned, a.queries
		a.question.Tell(p)
	}
}

// queryResult is what one query gave.
type queryResult struct {
	rows    []app.LogRow
	matched float64 // events
}

// run runs one query to its end.
func (a *answering) run(ctx context.Context, first, last int64) (r queryResult, err error) {
	within := app.Range{From: time.Unix(first, 0).UTC(), To: time.Unix(last+1, 0).UTC()}
	if a.question.Start != nil {
		if err := a.question.Start(ctx, within); err != nil {
			return r, err
		}
	}
	var scanned int64
	defer func() {
		if a.scanned += scanned; a.question.End != nil {
			a.question.End(scanned)
		}
	}()
	id, err := a.start(ctx, first, last)
	if err != nil {
		return r, err
	}
	a.queries++
	out, err := a.wait(ctx, id, within)
	if err != nil {
		scanned = a.abandon(ctx, id)
		return r, err
	}
	scanned = scannedBy(out)
	if out.Status != types.QueryStatusComplete {
		return r, &app.Error{Kind: kindOfStatus(out.Status), Op: app.GetQueryResults.Action,
			Err: fmt.Errorf("the query ended as %s", out.Status)}
	}
	if out.Statistics != nil {
		r.matched = out.Statistics.RecordsMatched
	}
	r.rows, err = a.pages(ctx, id, out)
	return r, err
}

func kindOfStatus(s types.QueryStatus) app.Kind {
	if s == types.QueryStatusTimeout {
		return app.TooMuch
	}
	return app.Unknown
}

func scannedBy(out *cloudwatchlogs.GetQueryResultsOutput) int64 {
	if out == nil || out.Statistics == nil {
		return 0
	}
	return int64(max(out.Statistics.BytesScanned, 0))
}

// start starts a query. Where too many run at once it waits for one of them.
func (a *answering) start(ctx context.Context, first, last int64) (id string, err error) {
	in := cloudwatchlogs.StartQueryInput{
		QueryString: aws.String(a.question.Text), QueryLanguage: languageOf(a.question),
		StartTime: aws.Int64(first), EndTime: aws.Int64(last), LogGroupIdentifiers: a.question.Groups,
	}
	if languageOf(a.question) == types.QueryLanguageCwli {
		in.Limit = aws.Int32(int32(a.most))
	}
	for pause := startPause; ; pause = min(2*pause, pollMost) {
		out, err := a.api.StartQuery(ctx, &in)
		var busy *types.LimitExceededException
		switch {
		case errors.As(err, &busy) && pause <= startLast:
			a.tell(app.InsightsProgress{Status: "Waiting: too many queries run at once"})
			if err := a.pause(ctx, pause); err != nil {
				return "", providers.Fail(app.StartQuery.Action, err)
			}
			continue
		case err != nil:
			return "", providers.Fail(app.StartQuery.Action, err)
		}
		return aws.ToString(out.QueryId), nil
	}
}

// How often is asked whether a query has ended: queries take from a second to an hour.
const (
	pollFirst  = 200 * time.Millisecond
	pollMost   = 5 * time.Second
	pollGrowth = 1.5
	// startPause is the first pause where too many queries run; after one of startLast it is given up.
	startPause = time.Second
	startLast  = 4 * time.Second
	// abandonTime is how long stopping a query may take when nobody waits for its rows.
	abandonTime = 5 * time.Second
)

// wait asks until a query has ended.
func (a *answering) wait(ctx context.Context, id string, within app.Range) (*cloudwatchlogs.GetQueryResultsOutput,
	error) {
	for pause := pollFirst; ; pause = min(time.Duration(float64(pause)*pollGrowth), pollMost) {
		out, err := a.api.GetQueryResults(ctx, &cloudwatchlogs.GetQueryResultsInput{QueryId: aws.String(id)})
		if err != nil {
			return nil, providers.Fail(app.GetQueryResults.Action, err)
		}
		if out.Status != types.QueryStatusScheduled && out.Status != types.QueryStatusRunning {
			return out, nil
		}
		p := app.InsightsProgress{Status: string(out.Status), Range: within, ID: id}
		if out.Statistics != nil {
			p.Matched = int64(out.Statistics.RecordsMatched)
		}
		a.tell(p)
		if err := a.pause(ctx, pause); err != nil {
			return nil, providers.Fail(app.GetQueryResults.Action, err)
		}
	}
}

// abandon stops a query whose rows nobody waits for any more, and returns what it has scanned.
func (a *answering) abandon(ctx context.Context, id string) int64 {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), abandonTime)
	defer stop()
	if a.StopQuery(ctx, id) != nil {
		return 0 // it goes on to its end, and the ledger does not learn what it scans
	}
	out, err := a.api.GetQueryResults(ctx, &cloudwatchlogs.GetQueryResultsInput{QueryId: aws.String(id)})
	if err != nil {
		return 0
	}
	return scannedBy(out)
}

// pages reads the rows of a result whose first page is there.
func (a *answering) pages(ctx context.Context, id string, first *cloudwatchlogs.GetQueryResultsOutput) ([]app.LogRow,
	error) {
	var rows []app.LogRow
	read := func(ctx context.Context, token *string) (app.Page[app.LogRow], *string, error) {
		out := first
		if token != nil {
			var err error
			if out, err = a.api.GetQueryResults(ctx, &cloudwatchlogs.GetQueryResultsInput{
				QueryId: aws.String(id), NextToken: token}); err != nil {
				return app.Page[app.LogRow]{}, nil, err
			}
		}
		return app.Page[app.LogRow]{Items: rowsIn(out.Results)}, out.NextToken, nil
	}
	for page, err := range providers.Pages(ctx, app.GetQueryResults, read) {
		if err != nil {
			return nil, err
		}
		rows = append(rows, page.Items...)
	}
	return rows, nil
}

// rowsIn reads rows; @ptr, which AWS adds to every row of an event, is no column.
func rowsIn(results [][]types.ResultField) []app.LogRow {
	rows := make([]app.LogRow, len(results))
	for i, fields := range results {
		for _, f := range fields {
			if name := aws.ToString(f.Field); name == "@ptr" {
				rows[i].Ptr = aws.ToString(f.Value)
			} else {
				rows[i].Fields = append(rows[i].Fields, app.LogField{Name: name, Value: aws.ToString(f.Value)})
			}
		}
	}
	return rows
}

// StopQuery stops a query that runs. One that has ended already is no error.
func (s *Source) StopQuery(ctx context.Context, id string) error {
	_, err := s.api.StopQuery(ctx, &cloudwatchlogs.StopQueryInput{QueryId: aws.String(id)})
	var ended *types.InvalidParameterException
	if errors.As(err, &ended) {
		return nil
	}
	return providers.Fail(app.StopQuery.Action, err)
}
