package cache

import (
	"database/sql"

	"github.com/nephograph/nephograph/cache/chunk"
)

// convertSeries packs the datapoints of format 1, which are rows, into the chunks of format 2. It holds one day of one
// series at a time.
func convertSeries(tx *sql.Tx) error {
	write, err := conversion("series_chunk")
	if err != nil {
		return err
	}
	stmt, err := tx.Prepare(write)
	if err != nil {
		return err
	}
	defer stmt.Close()
	var codec chunk.Codec
	var of, on int64 // series and day of what is held
	var held []chunk.Point
	keep := func() error {
		if len(held) == 0 {
			return nil
		}
		data, err := codec.Pack(held)
		if err != nil {
			return err
		}
		_, err = stmt.Exec(of, on, len(held), held[0].At, held[len(held)-1].At, data)
		held = held[:0]
		return err
	}
	err = eachRow(tx, "series_points", func(rows *sql.Rows) error {
		var series int64
		var one chunk.Point
		if err := rows.Scan(&series, &one.At, &one.Value); err != nil {
			return err
		}
		if day := dayOf(one.At); series != of || day != on {
			if err := keep(); err != nil {
				return err
			}
			of, on = series, day
		}
		held = append(held, one)
		return nil
	})
	if err == nil {
		err = keep()
	}
	if err != nil {
		return err
	}
	done, err := conversion("series_done")
	if err == nil {
		_, err = tx.Exec(done)
	}
	return err
}

// eachRow calls f on each row of a statement in conversions.
func eachRow(tx *sql.Tx, name string, f func(*sql.Rows) error) error {
	text, err := conversion(name)
	if err != nil {
		return err
	}
	rows, err := tx.Query(text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
