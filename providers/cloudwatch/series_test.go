package cloudwatch

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

var (
	noon = time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)
	hour = app.Range{From: noon, To: noon.Add(time.Hour)}
)

func reading(name string, period time.Duration) app.Reading {
	return app.Reading{Metric: app.NewMetric("Shop", name, app.Dimension{Name: "Stage", Value: "prod"}),
		Statistic: "p99", Period: period}
}

// result is one metric's part of an answer: values at minutes after noon.
func result(id string, status types.StatusCode, minutes ...int) types.MetricDataResult {
	r := types.MetricDataResult{Id: aws.String(id), StatusCode: status}
	for _, m := range minutes {
		r.Timestamps = append(r.Timestamps, noon.Add(time.Duration(m)*time.Minute))
		r.Values = append(r.Values, float64(m))
	}
	return r
}

func points(minutes ...int) []app.Point {
	var ps []app.Point
	for _, m := range minutes {
		ps = append(ps, app.Point{At: noon.Add(time.Duration(m) * time.Minute), Value: float64(m)})
	}
	return ps
}

// An answer in several parts, newest first, with one metric split over them and over two results of one part.
func TestSeriesPutsPartsTogether(t *testing.T) {
	a, b := reading("A", time.Minute), reading("B", time.Minute)
	api := fake{data: func(in *cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error) {
		if !in.StartTime.Equal(hour.From) || !in.EndTime.Equal(hour.To) {
			t.Errorf("asked for %v to %v", in.StartTime, in.EndTime)
		}
		if in.NextToken == nil {
			return &cloudwatch.GetMetricDataOutput{NextToken: aws.String("2"),
				MetricDataResults: []types.MetricDataResult{
					result("m0", types.StatusCodePartialData, 9), result("m1", types.StatusCodeComplete, 5, 3),
					result("m0", types.StatusCodePartialData, 8, 7),
				}}, nil
		}
		return &cloudwatch.GetMetricDataOutput{MetricDataResults: []types.MetricDataResult{result("m0",
			types.StatusCodeComplete, 2, 1)}}, nil
	}}
	got := all(t, New(api, scope).Series(t.Context(), app.SeriesQuestion{Readings: []app.Reading{a, b}, Range: hour}))
	want := []app.Page[app.Series]{{Covers: hour, Items: []app.Series{
		{Scope: scope, Reading: a, Points: points(1, 2, 7, 8, 9), Complete: true},
		{Scope: scope, Reading: b, Points: points(3, 5), Complete: true},
	}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSeriesSaysWhatAWSCouldNotGive(t *testing.T) {
	readings := []app.Reading{reading("A", time.Minute), reading("B", time.Minute), reading("C", time.Minute),
		reading("D", time.Minute), reading("E", time.Minute)}
	api := fake{data: func(*cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error) {
		internal := result("m1", types.StatusCodeInternalError, 2)
		internal.Messages = []types.MessageData{{Code: aws.String("Oops"), Value: aws.String("try later")}}
		return &cloudwatch.GetMetricDataOutput{
			Messages: []types.MessageData{{Code: aws.String("MaxMetricsExceeded"), Value: aws.String("too many")}},
			MetricDataResults: []types.MetricDataResult{
				result("m0", types.StatusCodePartialData, 1), internal, result("m2", types.StatusCodeForbidden),
				result("m3", types.StatusCodeComplete), result("e1", types.StatusCodeComplete),
			}}, nil
	}}
	got := all(t, New(api, scope).Series(t.Context(), app.SeriesQuestion{Readings: readings, Range: hour}))
	want := []app.Page[app.Series]{{
		Items: []app.Series{
			{Scope: scope, Reading: readings[0], Points: points(1)},
			{Scope: scope, Reading: readings[1], Points: points(2)},
			{Scope: scope, Reading: readings[2]},
			{Scope: scope, Reading: readings[3], Complete: true},
		},
		Problems: []app.Problem{
			{Kind: app.Malformed, Message: `AWS answered for "e1", which was not asked`},
			{Kind: app.TooMuch, Message: "MaxMetricsExceeded: too many"},
			{Kind: app.TooMuch, Resource: readings[0].Key(), Message: "AWS returned only a part of the datapoints"},
			{Kind: app.Offline, Resource: readings[1].Key(), Message: "Oops: try later"},
			{Kind: app.Denied, Resource: readings[2].Key(), Message: "the account may not read this metric"},
			{Kind: app.Malformed, Resource: readings[4].Key(), Message: "AWS said nothing of this metric"},
		},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSeriesKeepsWhatCameBeforeAnError(t *testing.T) {
	api := fake{data: func(in *cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error) {
		if in.NextToken != nil {
			return nil, errors.New("no")
		}
		return &cloudwatch.GetMetricDataOutput{NextToken: aws.String("2"),
			MetricDataResults: []types.MetricDataResult{result("m0", types.StatusCodeComplete, 4)}}, nil
	}}
	var kept []app.Series
	var last error
	for page, err := range New(api, scope).Series(t.Context(),
		app.SeriesQuestion{Readings: []app.Reading{reading("A", time.Minute), reading("B", time.Minute)},
			Range: hour}) {
		kept, last = append(kept, page.Items...), err
		if !page.Covers.Empty() || len(page.Problems) > 0 {
			t.Errorf("the failed page has %+v", page)
		}
	}
	// not complete: there was more to come
	want := []app.Series{{Scope: scope, Reading: reading("A", time.Minute), Points: points(4)}}
	if d := cmp.Diff(want, kept); d != "" || app.KindOf(last) != app.Unknown || last == nil {
		t.Error(last, d)
	}
}

// More than 500 readings, of two periods, over a range that is aligned to neither.
func TestSeriesStaysWithinTheLimits(t *testing.T) {
	var readings []app.Reading
	for i := range 700 {
		readings = append(readings, reading(fmt.Sprint("M", i), []time.Duration{time.Minute, 5 * time.Minute}[i%2]))
	}
	within := app.Range{From: noon.Add(90 * time.Second), To: noon.Add(8 * time.Hour).Add(time.Second)}
	asked := 0
	api := fake{data: func(in *cloudwatch.GetMetricDataInput) (*cloudwatch.GetMetricDataOutput, error) {
		period := time.Duration(*in.MetricDataQueries[0].MetricStat.Period) * time.Second
		n := len(in.MetricDataQueries) * int(in.EndTime.Sub(*in.StartTime)/period)
		if len(in.MetricDataQueries) > app.MaxReadings || n > app.MaxPoints {
			t.Errorf("%d queries for %d datapoints", len(in.MetricDataQueries), n)
		}
		if want := within.Align(period); !want.Equal(app.Range{From: *in.StartTime, To: *in.EndTime}) {
			t.Errorf("period %v: asked for %v to %v", period, in.StartTime, in.EndTime)
		}
		out := &cloudwatch.GetMetricDataOutput{}
		for _, q := range in.MetricDataQueries {
			if time.Duration(*q.MetricStat.Period)*time.Second != period {
				t.Error("two periods in one request")
			}
			out.MetricDataResults = append(out.MetricDataResults, result(*q.Id, types.StatusCodeComplete, asked%60))
			asked++
		}
		return out, nil
	}}
	pages := all(t, New(api, scope).Series(t.Context(), app.SeriesQuestion{Readings: readings, Range: within}))
	seen := map[string]bool{}
	for i, page := range pages {
		for _, s := range page.Items {
			seen[s.Reading.Key()] = true
		}
		if last := i == len(pages)-1; last != page.Covers.Equal(within) {
			t.Errorf("page %d of %d covers %v", i, len(pages), page.Covers)
		}
	}
	if asked != 700 || len(seen) != 700 {
		t.Errorf("%d asked, %d answered", asked, len(seen))
	}
}

func TestSeriesOfAnEmptyRange(t *testing.T) {
	if got := all(t, New(fake{}, scope).Series(t.Context(),
		app.SeriesQuestion{Readings: []app.Reading{reading("A", time.Minute)}})); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
