package cache

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/chunk"
)

// KeepMetrics lists metrics of a scope and returns how many were not listed before. A metric that AWS no longer lists
// stays: it stops listing one two weeks after its last datapoint.
func (d *DB) KeepMetrics(ctx context.Context, s app.Scope, metrics []app.Metric) (int, error) {
	return d.write(ctx, "keep metrics", func(w *writeTx) (int, error) {
		scope, err := w.scopeID(s)
		if err != nil {
			return 0, err
		}
		changed := 0
		for _, m := range metrics {
			dimensions, err := encodeJSON(m.Dimensions)
			if err != nil {
				return 0, err
			}
			n, err := w.exec("metrics_keep", scope, m.Key(), m.Namespace, m.Name, dimensions, m.OwningAccount)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		return changed, nil
	})
}

// Metrics returns the metrics that were listed in a scope, by key.
func (d *DB) Metrics(ctx context.Context, s app.Scope) ([]app.Metric, error) {
	return d.metrics(ctx, s, "metrics_list")
}

// MetricsSince returns the metrics of a scope that have a datapoint at or after an instant, by key: what lives, while
// Metrics never forgets.
func (d *DB) MetricsSince(ctx context.Context, s app.Scope, since time.Time) ([]app.Metric, error) {
	return d.metrics(ctx, s, "metrics_since", sql.Named("day", dayOf(since.UnixMilli())),
		sql.Named("since", since.UnixMilli()))
}

func (d *DB) metrics(ctx context.Context, s app.Scope, query statement, args ...any) ([]app.Metric, error) {
	var metrics []app.Metric
	err := d.read(ctx, "read metrics", func(r *readTx) error {
		scope, found, err := r.scopeID(s)
		if err != nil || !found {
			return err
		}
		return r.each(query, func(rows *sql.Rows) error {
			var m app.Metric
			var dimensions string
			if err := rows.Scan(&m.Namespace, &m.Name, &dimensions, &m.OwningAccount); err != nil {
				return err
			}
			metrics = append(metrics, m)
			return decodeJSON(dimensions, &metrics[len(metrics)-1].Dimensions)
		}, append([]any{sql.Named("scope", scope)}, args...)...)
	})
	return metrics, err
}

// KeepSeries keeps datapoints and returns how many are new or have another value. A series without datapoints is kept
// as such. A value that is no finite number is left out, as a gap: JSON cannot say it and CloudWatch does not store it.
// Series.Complete is not kept: the covers say what is known.
func (d *DB) KeepSeries(ctx context.Context, series []app.Series, covers ...app.Cover) (int, error) {
	return d.write(ctx, "keep datapoints", func(w *writeTx) (int, error) {
		merger := metricMerger{Codec: &d.chunks}
		changed := 0
		for _, s := range series {
			id, err := w.seriesID(s)
			if err != nil {
				return 0, err
			}
			n, err := merger.keep(w, id, s.Points)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		return changed, w.cover(covers)
	})
}

func (w *writeTx) seriesID(s app.Series) (int64, error) {
	scope, err := w.scopeID(s.Scope)
	if err != nil {
		return 0, err
	}
	dimensions, err := encodeJSON(s.Dimensions)
	if err != nil {
		return 0, err
	}
	var metric int64
	key := s.Metric.Key()
	found, err := w.one("metrics_find", []any{&metric}, scope, key)
	if err == nil && !found {
		_, err = w.one("metrics_add", []any{&metric}, scope, key, s.Namespace, s.Name, dimensions, s.OwningAccount)
	}
	if err != nil {
		return 0, err
	}
	var id int64
	var unit string
	found, err = w.one("metrics_series_find", []any{&id, &unit}, metric, s.Statistic, int64(s.Period))
	switch {
	case err != nil:
		return 0, err
	case !found:
		_, err = w.one("metrics_series_add", []any{&id}, metric, s.Statistic, int64(s.Period), s.Unit)
	case unit != s.Unit:
		_, err = w.exec("metrics_unit_keep", s.Unit, id)
	}
	return id, err
}

// Series returns the series that a query names, as app.CompareSeries orders them, with their datapoints in its range.
// A series without a datapoint there comes with none.
func (d *DB) Series(ctx context.Context, q app.SeriesQuery) ([]app.Series, error) {
	var series []app.Series
	err := d.read(ctx, "read datapoints", func(r *readTx) error {
		found, ids, err := r.seriesOf(q)
		if err != nil {
			return err
		}
		var buffer chunkBuffer
		for i := range found {
			if found[i].Points, err = r.points(ids[i], q.Range, &d.chunks, &buffer); err != nil {
				return err
			}
		}
		series = found
		return nil
	})
	slices.SortFunc(series, app.CompareSeries)
	return series, err
}

// seriesOf returns the series of a query without datapoints, and their ids beside them.
func (r *readTx) seriesOf(q app.SeriesQuery) (series []app.Series, ids []int64, err error) {
	scopes, err := r.scopesOf(q.Scopes)
	if err != nil {
		return nil, nil, err
	}
	keys, err := jsonArray(q.Keys)
	if err != nil {
		return nil, nil, err
	}
	err = r.each("metrics_series", func(rows *sql.Rows) error {
		var s app.Series
		var id, scope, period int64
		var dimensions string
		if err := rows.Scan(&id, &scope, &s.Namespace, &s.Name, &dimensions, &s.OwningAccount, &s.Statistic,
			&period, &s.Unit); err != nil {
			return err
		}
		s.Scope, s.Period = scopes.byID[scope], time.Duration(period)
		if err := decodeJSON(dimensions, &s.Dimensions); err != nil {
			return err
		}
		series, ids = append(series, s), append(ids, id)
		return nil
	}, sql.Named("scopes", scopes.ids), sql.Named("namespace", q.Namespace), sql.Named("keys", keys))
	return series, ids, err
}

// points returns the datapoints of a series in a range, oldest first. Each chunk is unpacked into buffer in turn.
func (r *readTx) points(series int64, within app.Range, codec *chunk.Codec, buffer *chunkBuffer) ([]app.Point, error) {
	from, to := bounds(within, time.Millisecond)
	buffer.points = buffer.points[:0]
	err := r.each("metrics_chunks", func(rows *sql.Rows) error {
		var data sql.RawBytes
		err := rows.Scan(&data)
		if err == nil {
			buffer.points, buffer.raw, err = codec.Unpack(buffer.points, data, buffer.raw)
		}
		return err
	}, series, dayOf(from), dayOf(to-1))
	if err != nil {
		return nil, err
	}
	inside := buffer.points[firstAt(buffer.points, from):firstAt(buffer.points, to)]
	if len(inside) == 0 {
		return nil, nil
	}
	points := make([]app.Point, len(inside))
	for i, p := range inside {
		points[i] = app.Point{At: milli(p.At), Value: p.Value}
	}
	return points, nil
}

// firstAt returns the index of the first datapoint that is not before a time in milliseconds.
func firstAt(points []chunk.Point, at int64) int {
	i, _ := slices.BinarySearchFunc(points, at, func(p chunk.Point, at int64) int { return cmp.Compare(p.At, at) })
	return i
}
