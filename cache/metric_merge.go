package cache

import (
	"cmp"
	"database/sql"
	"math"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/chunk"
)

// chunkBuffer is memory that is used for one chunk after another, so that a query over many series does not allocate it
// for each.
type chunkBuffer struct {
	points []chunk.Point
	raw    []byte
}

// metricMerger merges datapoints into the chunks of their days.
type metricMerger struct {
	*chunk.Codec
	buffer   chunkBuffer
	new, all []chunk.Point
}

// keep merges datapoints, in any order, into a series and returns how many are new or have another value.
func (m *metricMerger) keep(w *writeTx, series int64, points []app.Point) (changed int, err error) {
	m.new = m.new[:0]
	for _, p := range points {
		if !math.IsNaN(p.Value) && !math.IsInf(p.Value, 0) {
			m.new = append(m.new, chunk.Point{At: p.At.UnixMilli(), Value: p.Value})
		}
	}
	// Of two at the same time the later in the answer is kept, as it was when each was written as a row.
	slices.SortStableFunc(m.new, func(a, b chunk.Point) int { return cmp.Compare(a.At, b.At) })
	for from := 0; from < len(m.new); {
		day := dayOf(m.new[from].At)
		to := from + 1
		for to < len(m.new) && dayOf(m.new[to].At) == day {
			to++
		}
		n, err := m.keepDay(w, series, day, m.new[from:to])
		if err != nil {
			return 0, err
		}
		changed += n
		from = to
	}
	return changed, nil
}

// keepDay merges the datapoints of one day into its chunk, which is not written if nothing changes.
func (m *metricMerger) keepDay(w *writeTx, series, day int64, new []chunk.Point) (changed int, err error) {
	m.buffer.points = m.buffer.points[:0]
	err = w.each("metrics_chunk_find", func(rows *sql.Rows) error {
		var data sql.RawBytes
		err := rows.Scan(&data)
		if err == nil {
			m.buffer.points, m.buffer.raw, err = m.Unpack(m.buffer.points, data, m.buffer.raw)
		}
		return err
	}, series, day)
	if err != nil {
		return 0, err
	}
	if m.all, changed = chunk.Merge(m.all[:0], m.buffer.points, new); changed == 0 {
		return 0, nil
	}
	data, err := m.Pack(m.all)
	if err != nil {
		return 0, err
	}
	_, err = w.exec("metrics_chunk_keep", series, day, len(m.all), m.all[0].At, m.all[len(m.all)-1].At, data)
	return changed, err
}
