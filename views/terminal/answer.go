package terminal

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
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

// noteGaps says how much of the asked time was never pulled, if it is worth saying: coverage is a part of the answer,
// and a program's user sees it on the error stream.
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
		covers, err := q.known.Coverage(ctx, app.CoverQuery{Scopes: []app.Scope{s}, Signal: signal, Range: q.within})
		if err != nil {
			return err
		}
		if denied, of := deniedOf(q.within, signal, covers); denied > 0 {
			q.note("AWS denied %s in %s for %s of the %s asked for; nephograph doctor tells which permission is "+
				"missing.",
				of, s, phrase.Duration(denied), phrase.Window(q.within.Length()))
		}
		if missing := missingOf(q.within, covers); missing > 0 {
			q.note("Not in the cache: %s of the %s asked for, of %s in %s; nephograph pull brings it.",
				phrase.Duration(missing), phrase.Window(q.within.Length()), phrase.SignalItems(signal), s)
		}
	}
	return nil
}

// missingOf returns how much of within no cover reaches, or zero if it is under a twentieth: what passed since the
// last pull needs no word.
func missingOf(within app.Range, covers []app.Cover) time.Duration {
	missing := lengthOf(app.Missing, within, covers)
	if missing < within.Length()/20 {
		return 0
	}
	return missing
}

// deniedOf returns how much of within AWS refused at most of any resource, and of what: log groups and metrics are
// asked for one by one, and may be denied so.
func deniedOf(within app.Range, signal app.Signal, covers []app.Cover) (most time.Duration, of string) {
	byResource := app.ByResource(covers)
	var resources []string
	for resource, covers := range byResource {
		if denied := lengthOf(app.Forbidden, within, covers); denied > 0 {
			most, resources = max(most, denied), append(resources, resource)
		}
	}
	of = phrase.SignalItems(signal)
	switch {
	case len(resources) > 1:
		of += fmt.Sprintf(" of %d of %d %s", len(resources), len(byResource), phrase.SignalResources(signal))
	case len(resources) == 1 && resources[0] != "":
		of += " of " + resources[0]
	}
	return most, of
}

// lengthOf returns how much of within is in a state.
func lengthOf(state app.CoverState, within app.Range, covers []app.Cover) (sum time.Duration) {
	for _, s := range app.Stretches(within, covers) {
		if s.State == state {
			sum += s.Range.Length()
		}
	}
	return sum
}
