package cache

import (
	"database/sql"
	"embed"
)

// What a migration's script cannot say, because it takes Go to pack it, is carried over by a function. Its statements are
// files too: the tables that they read are gone afterwards, so that they are not among the queries.
//
//go:embed conversions/*.sql
var conversions embed.FS

// convert brings what older formats kept into the tables of a format, in its migration's transaction and after its script.
func convert(tx *sql.Tx, format int) error {
	if format != 2 {
		return nil
	}
	if err := convertLogs(tx); err != nil {
		return err
	}
	return convertSeries(tx)
}

// conversion returns the text of a statement of carry.
func conversion(name string) (string, error) {
	text, err := conversions.ReadFile("conversions/" + name + ".sql")
	return string(text), err
}
