package cloudwatch

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// Series asks for datapoints (GetMetricData). It puts readings of one period together, in batches of at most 500
// queries and 100,800 datapoints, and asks each over the range aligned to its period, StartTime inclusive and EndTime
// exclusive.
//
// A page is one batch, with one series for each of its readings, oldest point first; a batch that AWS answers in
// several parts is put together first. A series is Complete when the last that AWS said of it was Complete; otherwise a
// Problem with the reading's key says what AWS said, and the points that came are kept. Covers stays empty until the
// last page, which has the whole range, but only if every series is complete.
func (s *Source) Series(ctx context.Context, q app.SeriesQuestion) iter.Seq2[app.Page[app.Series], error] {
	batches := batch(q.Readings, q.Range)
	return func(yield func(app.Page[app.Series], error) bool) {
		whole := true
		for i, readings := range batches {
			page, err := s.batch(ctx, readings, q.Range.Align(readings[0].Period))
			whole = whole && len(page.Problems) == 0
			if err == nil && whole && i == len(batches)-1 {
				page.Covers = q.Range
			}
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// batch cuts readings into requests: of one period each, since the range is aligned to it, and of one account each,
// since AWS refuses a request as a whole that names an account which it may not read.
func batch(readings []app.Reading, within app.Range) [][]app.Reading {
	if within.Empty() {
		return nil
	}
	byPeriod := slices.SortedStableFunc(slices.Values(readings), func(a, b app.Reading) int {
		return cmp.Or(cmp.Compare(a.OwningAccount, b.OwningAccount), cmp.Compare(a.Period, b.Period))
	})
	var batches [][]app.Reading
	for len(byPeriod) > 0 {
		period, account := byPeriod[0].Period, byPeriod[0].OwningAccount
		n := slices.IndexFunc(byPeriod, func(r app.Reading) bool {
			return r.Period != period || r.OwningAccount != account
		})
		if n < 0 {
			n = len(byPeriod)
		}
		batches = append(batches, app.BatchReadings(byPeriod[:n], within.Align(period).Length())...)
		byPeriod = byPeriod[n:]
	}
	return batches
}

// answer is what came of one batch so far.
type answer struct {
	readings []app.Reading
	points   []map[time.Time]float64 // by reading
	status   []types.StatusCode
	messages []string
	problems []app.Problem
}

// batch asks for one batch to the end. What came before an error is in the page.
func (s *Source) batch(ctx context.Context, readings []app.Reading, within app.Range) (app.Page[app.Series], error) {
	a := &answer{
		readings: readings,
		points:   make([]map[time.Time]float64, len(readings)),
		status:   make([]types.StatusCode, len(readings)),
		messages: make([]string, len(readings)),
	}
	in := cloudwatch.GetMetricDataInput{
		StartTime:         aws.Time(within.From),
		EndTime:           aws.Time(within.To),
		MetricDataQueries: queries(readings),
		MaxDatapoints:     aws.Int32(app.MaxPoints),
		ScanBy:            types.ScanByTimestampDescending,
	}
	call := func(ctx context.Context, token *string) (page app.Page[struct{}], next *string, err error) {
		in.NextToken = token
		out, err := s.api.GetMetricData(ctx, &in)
		if err != nil {
			return page, nil, err
		}
		if a.add(out) > 0 {
			page.Items = make([]struct{}, 1) // something new, as Pages wants to know
		}
		return page, out.NextToken, nil
	}
	var failed error
	for _, err := range providers.Pages(ctx, app.GetMetricData, call) {
		failed = err
	}
	if account := readings[0].OwningAccount; account != "" {
		failed = notLinked(failed, account)
	}
	return a.page(s.scope, failed == nil), failed
}

// notLinked says of a refusal to read the metrics of another account what it is: AWS calls it an invalid value.
func notLinked(err error, account string) error {
	switch app.KindOf(err) {
	case app.Unknown, app.NotFound, app.Denied:
		if err != nil {
			return &app.Error{Kind: app.Denied, Op: "cloudwatch:GetMetricData",
				Err: fmt.Errorf("the metrics of account %s: %w", account, err)}
		}
	}
	return err
}

// queries names the queries m0, m1, ... as GetMetricData wants them: a lower-case letter first.
func queries(readings []app.Reading) []types.MetricDataQuery {
	qs := make([]types.MetricDataQuery, len(readings))
	for i, r := range readings {
		qs[i] = types.MetricDataQuery{
			Id: aws.String(fmt.Sprintf("m%d", i)),
			MetricStat: &types.MetricStat{
				Metric: &types.Metric{
					Namespace:  aws.String(r.Namespace),
					MetricName: aws.String(r.Name),
					Dimensions: dimensionsOf(r.Metric),
				},
				Period: aws.Int32(int32(r.Period / time.Second)),
				Stat:   aws.String(r.Statistic),
			},
		}
		if r.OwningAccount != "" {
			qs[i].AccountId = aws.String(r.OwningAccount)
		}
	}
	return qs
}

// add puts one part of the answer to the others and returns how many datapoints it had.
func (a *answer) add(out *cloudwatch.GetMetricDataOutput) int {
	n := 0
	for _, r := range out.MetricDataResults {
		var i int
		if _, err := fmt.Sscanf(aws.ToString(r.Id), "m%d", &i); err != nil || i < 0 || i >= len(a.readings) {
			a.problem(app.Malformed, "", fmt.Sprintf("AWS answered for %q, which was not asked", aws.ToString(r.Id)))
			continue
		}
		if len(r.Timestamps) != len(r.Values) {
			a.problem(app.Malformed, a.readings[i].Key(),
				fmt.Sprintf("%d times for %d values", len(r.Timestamps), len(r.Values)))
		}
		if a.points[i] == nil {
			a.points[i] = map[time.Time]float64{}
		}
		for k := range min(len(r.Timestamps), len(r.Values)) {
			at := providers.Instant(&r.Timestamps[k])
			if at.IsZero() {
				a.problem(app.Malformed, a.readings[i].Key(), "AWS answered with a time that cannot be")
				continue
			}
			a.points[i][at] = r.Values[k]
			n++
		}
		a.status[i], a.messages[i] = r.StatusCode, join(r.Messages)
	}
	for _, m := range out.Messages {
		a.problem(kindOfMessage(aws.ToString(m.Code)), "", join([]types.MessageData{m}))
	}
	return n
}

func (a *answer) problem(kind app.Kind, resource, message string) {
	a.problems = append(a.problems, app.Problem{Kind: kind, Resource: resource, Message: message})
}

// page returns the series in the order of the readings; ended says that AWS had no more to say.
func (a *answer) page(scope app.Scope, ended bool) app.Page[app.Series] {
	var items []app.Series
	for i, r := range a.readings {
		complete := ended && a.status[i] == types.StatusCodeComplete
		if ended && !complete {
			kind, words := kindOfStatus(a.status[i])
			a.problem(kind, r.Key(), cmp.Or(a.messages[i], words))
		}
		if a.status[i] == "" {
			continue // AWS said nothing of it
		}
		items = append(items, app.Series{Scope: scope, Reading: r, Points: sorted(a.points[i]), Complete: complete})
	}
	return app.Page[app.Series]{Items: items, Problems: a.problems}
}

func sorted(points map[time.Time]float64) []app.Point {
	var s []app.Point
	for at, v := range points {
		s = append(s, app.Point{At: at, Value: v})
	}
	slices.SortFunc(s, func(a, b app.Point) int { return a.At.Compare(b.At) })
	return s
}

// kindOfStatus says what a status other than Complete means (CloudWatch API reference, MetricDataResult).
func kindOfStatus(s types.StatusCode) (app.Kind, string) {
	switch s {
	case types.StatusCodePartialData:
		return app.TooMuch, "AWS returned only a part of the datapoints"
	case types.StatusCodeInternalError:
		return app.Offline, "AWS had an internal error"
	case types.StatusCodeForbidden:
		return app.Denied, "the account may not read this metric"
	case "":
		return app.Malformed, "AWS said nothing of this metric"
	}
	return app.Unknown, "AWS answered with the status " + string(s)
}

func kindOfMessage(code string) app.Kind {
	switch {
	case strings.Contains(code, "Forbidden") || strings.Contains(code, "Denied"):
		return app.Denied
	case strings.HasPrefix(code, "Max"): // MaxMetricsExceeded and the like
		return app.TooMuch
	case strings.Contains(code, "Internal"):
		return app.Offline
	}
	return app.Unknown
}

func join(messages []types.MessageData) string {
	var parts []string
	for _, m := range messages {
		parts = append(parts, strings.TrimPrefix(aws.ToString(m.Code)+": "+aws.ToString(m.Value), ": "))
	}
	return strings.Join(parts, "; ")
}
