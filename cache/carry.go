package cache

import (
	"database/sql"
	"embed"
)

// What a migration's script cannot say, because it takes Go to pack it, is carried over by a function. Its statements are
// files too: the tables that they read are gone afterwards, so that they are not among the queries.
//
//go:embed carry/*.sql
var carries embed.FS

// carry brings what older formats kept into the tables of a format, in its migration's transaction and after its script.
func carry(tx *sql.Tx, format int) error {
	if format != 2 {
		return nil
	}
	if err := carryLogs(tx); err != nil {
		return err
	}
	return carrySeries(tx)
}

// carried returns the text of a statement of carry.
func carried(name string) (string, error) {
	text, err := carries.ReadFile("carry/" + name + ".sql")
	return string(text), err
}
