package related

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// SeriesQuestion asks for the datapoints of readings.
type SeriesQuestion struct {
	Scopes   []app.Scope // none: all
	Readings []app.Reading
	Range    app.Range     // that is looked at
	Edge     time.Duration // that is read beyond it on both sides, so that lines reach the edges
	Now      time.Time
}

// SeriesEdge is beyond what is drawn: lines reach the edges at every period that AWS keeps for long.
const SeriesEdge = time.Hour

// SeriesOf is what the cache has of a reading in a place. Where AWS no longer keeps the datapoints of the reading's
// period, Series is of a longer one.
type SeriesOf struct {
	Asked  app.Reading
	Series app.Series
}

// Item is the series as one that can be selected: by the reading that was asked for, whatever AWS keeps, and so without
// the datapoints of a longer period. Who opens it reads them again.
func (s SeriesOf) Item() app.Series {
	item := s.Series
	if item.Period != s.Asked.Period {
		item.Points = nil
	}
	item.Reading = s.Asked
	return item
}

// seriesReader is what ReadSeries asks of the cache.
type seriesReader interface {
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
}

// ReadSeries reads the series of all readings, joined with what the cache has of them by longer periods: AWS keeps
// datapoints of a minute for 15 days, and only those of 5 minutes and an hour after that (app.Reading.Eras). They are
// in the order of app.CompareSeries; a reading of which a place has nothing is left out.
func ReadSeries(ctx context.Context, r seriesReader, q SeriesQuestion) ([]SeriesOf, error) {
	if len(q.Readings) == 0 {
		return nil, nil
	}
	keys := map[string]bool{}
	for _, reading := range q.Readings {
		keys[reading.Key()] = true
		for _, longer := range reading.Longer(q.Range.From, q.Now) {
			keys[longer.Key()] = true
		}
	}
	wide := app.Range{From: q.Range.From.Add(-q.Edge), To: q.Range.To.Add(q.Edge)}
	held, err := r.Series(ctx, app.SeriesQuery{Scopes: q.Scopes, Range: wide, Keys: slices.Sorted(maps.Keys(keys))})
	return q.join(held), err
}

// placed is a reading in a place.
type placed struct {
	scope app.Scope
	key   string
}

// join returns the series of the readings, with what is held of them by longer periods.
func (q SeriesQuestion) join(held []app.Series) []SeriesOf {
	byKey, places := map[placed]app.Series{}, map[app.Scope]app.Scope{}
	for _, s := range held {
		byKey[placed{s.Place(), s.Reading.Key()}] = s
		places[s.Place()] = s.Scope
	}
	var joined []SeriesOf
	for _, scope := range places {
		for _, reading := range q.Readings {
			if s, ok := q.joinOne(byKey, scope, reading); ok {
				joined = append(joined, SeriesOf{reading, s})
			}
		}
	}
	slices.SortFunc(joined, func(a, b SeriesOf) int {
		return cmp.Or(app.CompareScopes(a.Series.Scope, b.Series.Scope), cmp.Compare(a.Asked.Key(), b.Asked.Key()))
	})
	return joined
}

// joinOne joins what is held of a reading in a place; false if nothing is.
func (q SeriesQuestion) joinOne(held map[placed]app.Series, scope app.Scope, reading app.Reading) (app.Series, bool) {
	s, ok := held[placed{scope.Place(), reading.Key()}]
	if !ok {
		s = app.Series{Scope: scope, Reading: reading}
	}
	var coarser []app.Series
	for _, longer := range reading.Longer(q.Range.From, q.Now) {
		if c, held := held[placed{scope.Place(), longer.Key()}]; held {
			coarser, ok = append(coarser, c), true
			s.Unit = cmp.Or(s.Unit, c.Unit)
		}
	}
	return s.Joined(q.Range, coarser...), ok
}
