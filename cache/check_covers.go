package cache

import (
	"database/sql"
	"fmt"

	"github.com/nephograph/nephograph/cache/chunk"
)

// covers looks for covers that are not as they are kept: of some length, and none over another of the same resource.
func (r *readTx) covers() (string, error) {
	var signal, resource string
	var starts int64
	found, err := r.one("check_covers", []any{&signal, &resource, &starts})
	if !found || err != nil {
		return "", err
	}
	return fmt.Sprintf("what is known of %s %q at %s is said twice, or of no length", signal, resource,
		nano(starts).Format("2006-01-02 15:04")), nil
}

// chunks unpacks every day of every series, and returns what is wrong with the first that is not as its row says.
func (r *readTx) chunks() (finding string, err error) {
	var codec chunk.Codec
	var points []chunk.Point
	var raw []byte
	err = r.each("check_chunks", func(rows *sql.Rows) error {
		var series, day, first, last int64
		var count int
		var data sql.RawBytes
		if err := rows.Scan(&series, &day, &count, &first, &last, &data); err != nil {
			return err
		}
		var damage error
		points, raw, damage = codec.Unpack(points[:0], data, raw)
		n := len(points)
		if damage != nil || n != count || points[0].At != first || points[n-1].At != last ||
			dayOf(first) != day || dayOf(last) != day {
			finding = fmt.Sprintf("the datapoints of series %d on %s are not those that it says it holds", series,
				milli(first).Format("2006-01-02"))
			return errStopped
		}
		return nil
	})
	if finding != "" {
		err = nil
	}
	return finding, err
}
