package cache

import (
	"context"
	"time"
)

// releasePages returns emptied pages to the system, in short steps.
func (p *pruning) releasePages() error {
	for {
		room, err := p.db.pages(p.ctx)
		if err != nil {
			return err
		}
		if p.done.To = room.file(); room.free == 0 || room.vacuum == 0 {
			break
		}
		began := time.Now()
		if err := p.db.pragma(p.ctx, "retain_vacuum"); err != nil {
			return err
		}
		if err := pause(p.ctx, time.Since(began)); err != nil {
			return err
		}
	}
	// The file shrinks when its log is folded in. Who still reads an older state keeps that from happening now, not
	// later.
	return p.db.pragma(p.ctx, "retain_checkpoint")
}

// Compact writes the whole file anew, which gives all emptied space back and makes a file that could not do so by and
// by able to. Nobody can write meanwhile, and the disk has to have room for a second file: it is for files that are
// app.Room.Fixed.
func (d *DB) Compact(ctx context.Context) error {
	if err := d.pragma(ctx, "retain_compact"); err != nil {
		return err
	}
	return d.pragma(ctx, "retain_checkpoint")
}

// pragma runs a statement that may be in no transaction, to its end.
func (d *DB) pragma(ctx context.Context, s statement) error {
	err := d.tryPragma(ctx, s)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		err = ctx.Err() // whatever the interrupted statement said
	}
	return fail("give space back", d.path, err)
}

func (d *DB) tryPragma(ctx context.Context, s statement) error {
	if d.readOnly != nil {
		return d.readOnly
	}
	text, err := s.text()
	if err != nil {
		return err
	}
	rows, err := d.writer.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // incremental_vacuum frees a page for each row that is read
	}
	return rows.Err()
}
