package cache

import (
	"cmp"
	"database/sql"
	"math"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// dayOf returns the day of the epoch, in UTC, on which an instant in milliseconds lies.
func dayOf(ms int64) int64 {
	const day = int64(24 * time.Hour / time.Millisecond)
	d := ms / day
	if ms%day < 0 {
		d--
	}
	return d
}

// room is memory that is used for one chunk after another: a search over many series would else spend its time on it.
type room struct {
	points []point
	raw    []byte
}

// merger brings datapoints into the chunks of their days.
type merger struct {
	*packer
	room     room
	new, all []point
}

// keep merges datapoints, in any order, into a series and returns how many are new or have another value.
func (m *merger) keep(w *writing, series int64, points []app.Point) (changed int, err error) {
	m.new = m.new[:0]
	for _, p := range points {
		if !math.IsNaN(p.Value) && !math.IsInf(p.Value, 0) {
			m.new = append(m.new, point{p.At.UnixMilli(), p.Value})
		}
	}
	// Of two at the same instant the later in the answer counts, as it did when each was written for itself.
	slices.SortStableFunc(m.new, func(a, b point) int { return cmp.Compare(a.at, b.at) })
	for from := 0; from < len(m.new); {
		day := dayOf(m.new[from].at)
		to := from + 1
		for to < len(m.new) && dayOf(m.new[to].at) == day {
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

// keepDay merges the datapoints of one day into its chunk, which is left alone if nothing changes.
func (m *merger) keepDay(w *writing, series, day int64, new []point) (changed int, err error) {
	m.room.points = m.room.points[:0]
	err = w.each("metrics_chunk_find", func(rows *sql.Rows) error {
		var data sql.RawBytes
		err := rows.Scan(&data)
		if err == nil {
			m.room.points, m.room.raw, err = m.unpack(m.room.points, data, m.room.raw)
		}
		return err
	}, series, day)
	if err != nil {
		return 0, err
	}
	if m.all, changed = merge(m.all[:0], m.room.points, new); changed == 0 {
		return 0, nil
	}
	data, err := m.pack(m.all)
	if err != nil {
		return 0, err
	}
	_, err = w.exec("metrics_chunk_keep", series, day, len(m.all), m.all[0].at, m.all[len(m.all)-1].at, data)
	return changed, err
}

// merge appends to into what old and new hold together, both oldest first; at one instant the new counts, and of several
// new the last. changed is how many instants are new or have another value.
func merge(into, old, new []point) (all []point, changed int) {
	for i, n := range new {
		if i+1 < len(new) && new[i+1].at == n.at {
			continue
		}
		for len(old) > 0 && old[0].at < n.at {
			into, old = append(into, old[0]), old[1:]
		}
		switch {
		case len(old) == 0 || old[0].at > n.at:
			changed++
		default:
			if math.Float64bits(old[0].value) != math.Float64bits(n.value) {
				changed++
			}
			old = old[1:]
		}
		into = append(into, n)
	}
	return append(into, old...), changed
}
