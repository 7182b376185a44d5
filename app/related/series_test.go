package related

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// seriesShelf holds series; it returns those of the keys and places that are asked for, cut to the range.
type seriesShelf []app.Series

func (s seriesShelf) Series(_ context.Context, q app.SeriesQuery) (found []app.Series, _ error) {
	for _, one := range s {
		if !slices.Contains(q.Keys, one.Reading.Key()) || len(q.Scopes) > 0 && !slices.Contains(q.Scopes, one.Place()) {
			continue
		}
		one.Points = slices.DeleteFunc(slices.Clone(one.Points),
			func(p app.Point) bool { return !q.Range.Contains(p.At) })
		if len(one.Points) > 0 {
			found = append(found, one)
		}
	}
	return found, nil
}

// course is a series of one value each period, from so many days ago to so many.
func course(scope app.Scope, r app.Reading, from, to, value float64) app.Series {
	day := 24 * time.Hour
	s := app.Series{Scope: scope, Reading: r}
	at, end := now.Add(-time.Duration(from*float64(day))), now.Add(-time.Duration(to*float64(day)))
	for ; at.Before(end); at = at.Add(r.Period) {
		s.Points = append(s.Points, app.Point{At: at.Truncate(r.Period), Value: value})
	}
	return s
}

func TestReadSeries(t *testing.T) {
	m := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: "checkout"})
	minute := app.Reading{Metric: m, Statistic: "Sum", Period: time.Minute}
	five, mean := minute, minute
	five.Period = 5 * time.Minute
	mean.Statistic = "Average"
	shelf := seriesShelf{course(ireland, minute, 1, 0, 2), course(ireland, five, 30, 16, 25),
		course(data, five, 30, 16, 5)}
	day := func(ago float64) app.Range {
		to := now.Add(-time.Duration(ago * 24 * float64(time.Hour)))
		return app.Since(to, 24*time.Hour)
	}
	for _, c := range []struct {
		name     string
		scopes   []app.Scope
		readings []app.Reading
		within   app.Range
		places   int
		points   int
		period   time.Duration
		value    float64
	}{
		{"today", []app.Scope{ireland}, []app.Reading{minute}, day(0), 1, 1440, time.Minute, 2},
		{"20 days ago", []app.Scope{ireland}, []app.Reading{minute}, day(20), 1, 288, 5 * time.Minute, 25},
		{"20 days ago, everywhere", nil, []app.Reading{minute}, day(20), 2, 288, 5 * time.Minute, 25},
		{"20 days ago, another statistic", nil, []app.Reading{mean}, day(20), 0, 0, 0, 0},
		{"17 days of which one is cached by the minute", []app.Scope{ireland}, []app.Reading{minute},
			app.Since(now, 17*24*time.Hour), 1, 288 + 288, 5 * time.Minute, 25},
	} {
		found, err := ReadSeries(t.Context(), shelf,
			SeriesQuestion{Scopes: c.scopes, Readings: c.readings, Range: c.within, Now: now})
		if err != nil || len(found) != c.places {
			t.Fatalf("%s: %d series, want %d: %v", c.name, len(found), c.places, err)
		}
		if len(found) == 0 {
			continue
		}
		s := found[0]
		// An edge of the range may lie within a bucket of five minutes, which is then left out.
		n, first := len(s.Series.Points), s.Series.Points[0]
		if n < c.points-2 || n > c.points || s.Series.Period != c.period || first.Value != c.value {
			t.Errorf("%s: %d points by %s that begin with %v", c.name, n, s.Series.Period, first)
		}
		item := s.Item()
		if s.Asked.Key() != minute.Key() || item.Reading.Key() != minute.Key() ||
			(len(item.Points) > 0) != (c.period == time.Minute) {
			t.Errorf("%s: asked by %s, opened by %s with %d points", c.name, s.Asked.Key(), item.Reading.Key(),
				len(item.Points))
		}
	}
}
