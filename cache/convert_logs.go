package cache

import (
	"context"
	"database/sql"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

// batchBytes is how many bytes of messages are held before they are packed.
const batchBytes = 16 * block.Target

// convertLogs packs the log events of format 1, which are rows, into the blocks of format 2.
func convertLogs(tx *sql.Tx) error {
	w := &writeTx{transaction: transaction{context.Background(), tx, map[statement]*sql.Stmt{}},
		packer: block.NewPacker()}
	of, size := int64(0), 0
	var held []app.LogEvent
	keep := func() error {
		for _, events := range block.Split(held) {
			b := w.packer.Pack(events)
			if err := w.keepBlock(of, &b); err != nil {
				return err
			}
		}
		held, size = held[:0], 0
		return nil
	}
	err := eachRow(tx, "logs_events", func(rows *sql.Rows) error {
		var e app.LogEvent
		var group, at, ingested int64
		var trace, request sql.NullString
		if err := rows.Scan(&group, &e.Stream, &e.ID, &at, &ingested, &e.Level, &trace, &request,
			&e.Message); err != nil {
			return err
		}
		e.At, e.Ingested, e.TraceID, e.RequestID = milli(at), milli(ingested), app.TraceID(trace.String), request.String
		if group != of || size > batchBytes {
			if err := keep(); err != nil {
				return err
			}
			of = group
		}
		held, size = append(held, e), size+len(e.Message)
		return nil
	})
	if err == nil {
		err = keep()
	}
	if err != nil {
		return err
	}
	done, err := conversion("logs_done")
	if err == nil {
		_, err = tx.Exec(done)
	}
	return err
}
