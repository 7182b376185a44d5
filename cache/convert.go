package cache

import (
	"database/sql"
	"embed"
)

// Data that has to be packed in Go, which a migration's script cannot do, is converted by a function. Its statements
// are files too, but not among the queries, because the tables that they read are gone afterwards.
//
//go:embed conversions/*.sql
var conversions embed.FS

// convert converts the data of older formats to the tables of a format, in the transaction of its migration and after
// its script.
func convert(tx *sql.Tx, format int) error {
	if format != 2 {
		return nil
	}
	if err := convertLogs(tx); err != nil {
		return err
	}
	return convertSeries(tx)
}

// conversion returns the text of a statement in conversions.
func conversion(name string) (string, error) {
	text, err := conversions.ReadFile("conversions/" + name + ".sql")
	return string(text), err
}
