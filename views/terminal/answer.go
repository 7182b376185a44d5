package terminal

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/phrase"
)

// coverageReader says what the cache knows.
type coverageReader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	Freshness(context.Context) ([]app.Freshness, error)
}

// countedAtMost bounds how many rows are read only to say how many more there are.
const countedAtMost = 10_000

// listing is what a command lists of a signal.
type listing[T any] struct {
	signal app.Signal
	// read yields at most limit items, all for 0: the newest first, or in the order of time.
	read  func(limit int, newest bool) iter.Seq2[T, error]
	table func([]T) *table
}

// print prints as JSON lines in the order of time, or as a table of the newest rows, also in the order of time, so
// that the newest is right above the prompt. It ends with what is missing in the cache.
func (l listing[T]) print(ctx context.Context, q *question) error {
	if q.rows() == 0 && q.json {
		if err := stream(q.commandLine, l.read(0, false)); err != nil {
			return err
		}
		return q.noteGaps(ctx, l.signal)
	}
	found, more, err := newest(l.read, q.rows())
	if err != nil {
		return err
	}
	return l.printNewest(ctx, q, found, more)
}

// printNewest prints the newest items, given newest first, and how many more there are; -n means more than n.
func (l listing[T]) printNewest(ctx context.Context, q *question, found []T, more int) error {
	slices.Reverse(found)
	if q.json {
		if err := printLines(q.commandLine, found); err != nil {
			return err
		}
		return q.noteGaps(ctx, l.signal)
	}
	q.show(l.table(found))
	switch {
	case len(found) == 0:
		if err := q.noteNothing(ctx, l.signal); err != nil {
			return err
		}
	case more < 0:
		q.note("The newest %s of over %s; --limit 0 shows all.", phrase.Count(len(found)),
			phrase.Count(len(found)-more))
	case more > 0:
		q.note("The newest %s of %s; --limit 0 shows all.", phrase.Count(len(found)), phrase.Count(len(found)+more))
	}
	return q.noteGaps(ctx, l.signal)
}

// newest returns the first limit items of a newest-first sequence, and how many more there are: -countedAtMost if
// there are more than that.
func newest[T any](ask func(int, bool) iter.Seq2[T, error], limit int) (items []T, more int, err error) {
	asked := 0
	if limit > 0 {
		asked = limit + countedAtMost + 1
	}
	for item, err := range ask(asked, true) {
		switch {
		case err != nil:
			return nil, 0, err
		case limit == 0 || len(items) < limit:
			items = append(items, item)
		default:
			more++
		}
	}
	if more > countedAtMost {
		more = -countedAtMost
	}
	return items, more, nil
}

// stream prints a sequence as JSON lines, what came before an error too.
func stream[T any](c *commandLine, items iter.Seq2[T, error]) error {
	out := newLines(c.Out)
	for item, err := range items {
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		if err := out.Encode(item); err != nil {
			return err
		}
	}
	return out.Flush()
}

// printLines prints items as JSON lines.
func printLines[T any](c *commandLine, items []T) error {
	return stream(c, func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	})
}

// noteNothing says why there is no row: nothing was pulled, or nothing is there.
func (q *question) noteNothing(ctx context.Context, signal app.Signal) error {
	fresh, err := q.known.Freshness(ctx)
	if err != nil {
		return err
	}
	for _, f := range fresh {
		if f.Signal == signal && !f.AskedAt.IsZero() {
			q.note("Nothing found from %s to %s; %s were last pulled up to %s.",
				q.at(q.within.From), q.at(q.within.To), phrase.SignalItems(signal), q.at(f.KnownTo))
			return nil
		}
	}
	q.note("No %s have been pulled yet: nephograph pull brings them.", phrase.SignalItems(signal))
	return nil
}

// noteGaps says what the cache lacks of the time that was asked for, if it is worth saying: coverage is a part of the
// answer, and a program's user sees it on the error stream.
func (q *question) noteGaps(ctx context.Context, signal app.Signal) error {
	if q.within.Empty() {
		return nil
	}
	scopes := q.scopes
	if scopes == nil {
		var err error
		if scopes, err = q.known.Scopes(ctx); err != nil {
			return err
		}
	}
	if len(scopes) == 0 && q.json { // a table has said so already
		return q.noteNothing(ctx, signal)
	}
	for _, s := range scopes {
		missing, err := related.ReadMissing(ctx, q.known, signal, []app.Scope{s}, q.names, q.within)
		if err != nil {
			return err
		}
		place := ""
		if len(scopes) > 1 {
			place = s.String()
		}
		if missing.Any() {
			q.note("%s", missingText(missing, place))
		}
	}
	return nil
}

// missingText says what is missing, and what to do about it.
func missingText(m related.Missing, place string) string {
	text := phrase.MissingIn(m, place)
	if m.Denied > 0 {
		text += " nephograph doctor tells which permission is missing."
	}
	if m.Denied < m.Parts {
		text += " nephograph pull brings what is missing."
	}
	return text
}
