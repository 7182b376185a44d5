package terminal

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// coverageLine is how far a signal is known in a scope.
type coverageLine struct {
	app.Scope
	Signal app.Signal `json:"signal"`
	app.Range
	// Settled is the share of the range that is final, over all that is asked of the signal; Denied is the share that
	// AWS refused to give.
	Settled float64 `json:"settled"`
	Denied  float64 `json:"denied,omitempty"`
}

// coverage says how far each signal is known in each scope.
func coverage(ctx context.Context, r coverageReader) ([]coverageLine, error) {
	scopes, err := r.Scopes(ctx)
	if err != nil {
		return nil, err
	}
	var lines []coverageLine
	for _, scope := range scopes {
		for _, signal := range app.Signals {
			covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: []app.Scope{scope}, Signal: signal})
			if err != nil {
				return nil, err
			}
			if len(covers) > 0 {
				lines = append(lines, coverageOf(covers))
			}
		}
	}
	return lines, nil
}

// coverageOf puts the covers of one scope and signal together. It has no range that was asked for, of which something
// could be missing (related.Missing): what is cached is the range, and the line says how much of it is final.
func coverageOf(covers []app.Cover) coverageLine {
	line := coverageLine{Scope: covers[0].Scope, Signal: covers[0].Signal, Range: covers[0].Range}
	for _, c := range covers {
		if c.Range.From.Before(line.From) {
			line.From = c.Range.From
		}
		if c.Range.To.After(line.To) {
			line.To = c.Range.To
		}
	}
	parts := app.ByResource(covers)
	for _, part := range parts {
		all := float64(line.Length()) * float64(len(parts))
		line.Settled += float64(lengthOf(app.Settled, line.Range, part)) / all
		line.Denied += float64(lengthOf(app.Forbidden, line.Range, part)) / all
	}
	return line
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

func (c *commandLine) coverageTable(lines []coverageLine) *table {
	head := []string{"PLACE", "SIGNAL", c.timeHead("KNOWN FROM"), "TO", "FINAL>"}
	denied := slices.ContainsFunc(lines, func(l coverageLine) bool { return l.Denied > 0 })
	if denied {
		head = append(head, "DENIED>")
	}
	t := newTable(head...)
	for _, l := range lines {
		row := []any{l.Scope, l.Signal, c.at(l.From), c.at(l.To), percent(l.Settled)}
		if denied {
			row = append(row, percent(l.Denied))
		}
		t.add(row...)
	}
	return t
}
