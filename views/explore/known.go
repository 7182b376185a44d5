package explore

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
)

// CoverReader is what is asked of the cache to say what it lacks; *cache.DB satisfies it.
type CoverReader interface {
	Scopes(context.Context) ([]app.Scope, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
}

// Known is what the cache knows of a signal in the window of a question.
type Known struct {
	Places  []app.Scope // that are looked at
	Covers  []app.Cover
	Missing related.Missing
}

// ReadKnown reads it. resource narrows to the log groups of that resource; "": all that was pulled.
func ReadKnown(ctx context.Context, r CoverReader, signal app.Signal, resource string, q Question) (k Known,
	err error) {
	k.Places = q.Focus.Scopes
	if len(k.Places) == 0 {
		if k.Places, err = r.Scopes(ctx); err != nil {
			return k, err
		}
	}
	if k.Covers, err = r.Coverage(ctx, app.CoverQuery{Scopes: k.Places, Signal: signal, Range: q.Range}); err != nil {
		return k, err
	}
	k.Missing = related.MissingOf(signal, q.Range, k.Places, []string{resource}, k.Covers)
	return k, nil
}

// Window is what a lane is drawn for.
func (k Known) Window(q Question) lane.Window {
	return lane.Window{Axis: q.Axis, Now: q.Now, Zone: q.Zone, Places: k.Places, Covers: k.Covers}
}

// Words are those of a signal on an empty screen.
type Words struct {
	Items  string // log events
	Late   string // what else there is to know about pulling them; "": nothing
	Absent string // why there may be none
}

// Say says in an answer what is missing, and what stands in place of an empty list.
func Say[T any](a *Answer[T], q Question, k Known, w Words) {
	a.Known = len(k.Covers) > 0 || a.Total > 0
	a.Missing = phrase.Missing(k.Missing)
	switch {
	case !a.Known:
		a.Title = "No " + w.Items + " in the cache for this window"
		a.Why = "Press Pull (F5) above, or run nephograph pull. Every read after that is local."
		if w.Late != "" {
			a.Why += " " + w.Late
		}
	case q.Text != "" && k.Missing.Any():
		a.Title, a.Why = "Nothing found in what is cached", a.Missing+" Pull (F5) brings what is missing."
	case q.Text != "":
		a.Title = "Nothing found"
		a.Why = "None of the " + w.Items +
			" in this window meet all of the query. Press x to empty it, or - to look at more time."
	case q.Focus.Resource != "":
		a.Title = "No " + w.Items + " of " + resource.Short(q.Focus.Resource)
		a.Why = "Remove the resource filter in the bar above to see those of everything."
	default:
		a.Title, a.Why = "No "+w.Items+" in this window", w.Absent+" Press - to look at more time."
	}
}
