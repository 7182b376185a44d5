package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/nephograph/nephograph/app"
)

// rowsAPart is how many rows of an answer are packed together: with messages some hundred kilobytes.
const rowsAPart = 5_000

// maxPart bounds what a part may unpack to: 5,000 rows of the longest events would be 5 GB, which no part was made of.
const maxPart = 1 << 30

// KeepResult keeps an answer of Logs Insights with its rows, and returns its id.
func (d *DB) KeepResult(ctx context.Context, r app.InsightsResult) (id int64, err error) {
	_, err = d.write(ctx, "keep a result", func(w *writeTx) (int, error) {
		scope, err := w.scopeID(r.Scope)
		if err != nil {
			return 0, err
		}
		groups, err := encodeJSON(r.Groups)
		if err != nil {
			return 0, err
		}
		columns, err := encodeJSON(r.Columns)
		if err != nil {
			return 0, err
		}
		if _, err := w.one("results_keep", []any{&id}, scope, r.At.UnixMilli(), r.Range.From.UnixMilli(),
			r.Range.To.UnixMilli(), r.Text, string(r.Language), groups, columns, len(r.Rows), r.Scanned, int64(r.Cost),
			r.Cut); err != nil {
			return 0, err
		}
		return 1, w.resultRows(id, r.Rows)
	})
	return id, err
}

func (w *writeTx) resultRows(id int64, rows [][]*string) error {
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	defer packer.Close()
	for part := 0; len(rows) > 0; part++ {
		some := rows[:min(rowsAPart, len(rows))]
		rows = rows[len(some):]
		text, err := json.Marshal(some)
		if err != nil {
			return err
		}
		if _, err := w.exec("results_rows_keep", id, part, packer.EncodeAll(text, nil)); err != nil {
			return err
		}
	}
	return nil
}

// Results returns the answers that are kept, without their rows, the newest first.
func (d *DB) Results(ctx context.Context) (all []app.InsightsResult, err error) {
	err = d.read(ctx, "list the results", func(r *readTx) error {
		all, err = r.results(nil)
		return err
	})
	return all, err
}

// Result returns an answer with its rows. One that is not there is an error of the kind NotFound.
func (d *DB) Result(ctx context.Context, id int64) (result app.InsightsResult, err error) {
	err = d.read(ctx, "read a result", func(r *readTx) error {
		found, err := r.results(id)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return &app.Error{Kind: app.NotFound, Op: "read a result",
				Err: errors.New("no result of this number is kept")}
		}
		result = found[0]
		result.Rows, err = r.resultRows(id)
		return err
	})
	return result, err
}

func (r *readTx) results(id any) (all []app.InsightsResult, err error) {
	scopes, err := r.scopesOf(nil)
	if err != nil {
		return nil, err
	}
	return all, r.each("results_list", func(rows *sql.Rows) error {
		var one app.InsightsResult
		var scope, asked, starts, ends, cost int64
		var groups, columns string
		if err := rows.Scan(&one.ID, &scope, &asked, &starts, &ends, &one.Text, &one.Language, &groups, &columns,
			&one.Count, &one.Scanned, &cost, &one.Cut); err != nil {
			return err
		}
		one.Scope, one.At, one.Cost = scopes.byID[scope], milli(asked), app.Money(cost)
		one.Range = app.Range{From: milli(starts), To: milli(ends)}
		if err := decodeJSON(groups, &one.Groups); err != nil {
			return err
		}
		err := decodeJSON(columns, &one.Columns)
		all = append(all, one)
		return err
	}, sql.Named("id", id))
}

func (r *readTx) resultRows(id int64) (all [][]*string, err error) {
	unpacker, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPart))
	if err != nil {
		return nil, err
	}
	defer unpacker.Close()
	return all, r.each("results_rows", func(rows *sql.Rows) error {
		var packed []byte
		if err := rows.Scan(&packed); err != nil {
			return err
		}
		text, err := unpacker.DecodeAll(packed, nil)
		if err != nil {
			return err
		}
		var some [][]*string
		err = json.Unmarshal(text, &some)
		all = append(all, some...)
		return err
	}, sql.Named("result", id))
}

// forgetResults forgets the answers that were asked for before an instant, which are older than logs are kept.
func (p *pruning) forgetResults(before time.Time) error {
	if before.IsZero() {
		return nil
	}
	_, err := p.db.write(p.ctx, "forget results", func(w *writeTx) (int, error) {
		at := sql.Named("before", before.UnixMilli())
		if _, err := w.exec("retain_results_rows", at); err != nil {
			return 0, err
		}
		return w.exec("retain_results", at)
	})
	return err
}
