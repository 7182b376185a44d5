package overview

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

func blindColumns() []ui.Column[line] { return []ui.Column[line]{{Share: 4}, {Share: 5}} }

// Of each kind of blind spot so many are listed; how many more there are is one line.
const mostSpots = 6

// aDay before its place was last pulled a resource must have had datapoints to be there still.
const aDay = 24 * time.Hour

// readMissing says what the cache lacks of a signal in the window.
func readMissing(ctx context.Context, r Reader, q question, signal app.Signal) (related.Missing, error) {
	return related.ReadMissing(ctx, r, signal, q.focus.Scopes, []string{q.focus.Resource}, q.within)
}

// sentenceOf says it, and what to do about it.
func sentenceOf(m related.Missing) string {
	does := "Press Pull (F5) above."
	switch {
	case m.Denied > 0:
		does = "nephograph policy prints what the role needs."
	case m.Cut == m.Parts:
		does = "Pull a shorter window."
	}
	return phrase.Missing(m) + " " + does
}

// readBlindSpots lists what nobody would notice, and what to do about each: signals that were not pulled, alarms
// without data, resources that no alarm watches, log groups that never expire.
func readBlindSpots(ctx context.Context, r Reader, q question) (a answer, err error) {
	if q.places, err = placesOf(ctx, r, q.focus); err != nil || len(q.places) == 0 {
		a.empty = "Nothing is cached yet. Press Pull (F5) above."
		return a, err
	}
	for _, read := range []func(context.Context, Reader, question) ([]line, error){
		missingSignals, dataless, unwatched, unexpiring,
	} {
		lines, err := read(ctx, r, q)
		if err != nil {
			return a, err
		}
		a.lines = append(a.lines, lines...)
	}
	a.empty = "None found: all signals are cached, each resource with datapoints has an alarm, each alarm has " +
		"data, and each log group expires."
	return a, nil
}

// missingSignals are those that are not cached for all of the window.
func missingSignals(ctx context.Context, r Reader, q question) (lines []line, err error) {
	for _, signal := range app.Signals {
		covers, err := r.Coverage(ctx, app.CoverQuery{Scopes: q.places, Signal: signal, Range: q.within})
		if err != nil {
			return nil, err
		}
		m := related.MissingOf(signal, q.within, q.places, []string{q.focus.Resource}, covers)
		if !m.Any() {
			continue
		}
		state, does := app.Missing, phrase.Lasting(m.Time)+" not cached: press Pull (F5)"
		switch {
		case m.Denied > 0:
			state, does = app.Forbidden, "denied: see nephograph policy"
		case m.Cut == m.Parts:
			state, does = app.Truncated, "cut short: pull a shorter window"
		}
		item := app.Coverage{Signal: signal, Range: q.within, State: state, Places: q.places, Covers: covers}
		lines = append(lines, spot("missing "+string(signal), phrase.SignalTitle(signal), does, item, ui.ColorWarning))
	}
	return lines, nil
}

// dataless are the alarms without data.
func dataless(ctx context.Context, r Reader, q question) (lines []line, err error) {
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: q.focus.Scopes, State: app.InsufficientData})
	if name := q.focus.Resource; name != "" {
		of := resource.Read(name)
		alarms = slices.DeleteFunc(alarms, func(a app.Alarm) bool { return !of.WatchedBy(a) })
	}
	for _, a := range alarms {
		lines = append(lines, spot("dataless "+a.Place().String()+" "+a.Name, a.Name,
			"no data: does its resource still exist?", a, ui.ColorNoData))
	}
	return bounded(lines, "alarms without data", "Alarms"), err
}

// unwatched are the resources that no alarm watches, of those that had datapoints in the day before the last pull.
func unwatched(ctx context.Context, r Reader, q question) (lines []line, err error) {
	alarms, err := r.Alarms(ctx, app.AlarmQuery{Scopes: q.focus.Scopes})
	if err != nil {
		return nil, err
	}
	fresh, err := r.Freshness(ctx)
	if err != nil {
		return nil, err
	}
	known := map[app.Signal]time.Time{}
	for _, f := range fresh {
		known[f.Signal] = f.KnownTo
	}
	if known[app.Alarms].IsZero() || known[app.Metrics].IsZero() {
		return nil, nil // it is not known which alarms there are, and the first kind says so
	}
	of := resource.Read(q.focus.Resource)
	for _, place := range q.places {
		metrics, err := r.MetricsSince(ctx, place, known[app.Metrics].Add(-aDay))
		if err != nil {
			return nil, err
		}
		for _, u := range app.FindUnwatched(place, metrics, alarms) {
			if q.focus.Resource != "" && !of.Same(resource.Read(u.Resource)) {
				continue
			}
			lines = append(lines, spot("unwatched "+place.String()+" "+u.Namespace+" "+u.Resource,
				strings.TrimSpace(q.presets.Title(u.Namespace)+" "+resource.Short(u.Resource)),
				"no alarm: set one on "+u.Telling(q.presets).Name,
				u, ui.ColorNoData))
		}
	}
	return bounded(lines, "resources without alarm", "Alarms"), nil
}

// unexpiring are the log groups without retention.
func unexpiring(ctx context.Context, r Reader, q question) (lines []line, err error) {
	groups, err := r.LogGroups(ctx, q.focus.Scopes)
	of := resource.Read(q.focus.Resource)
	for _, g := range groups {
		listed := g.ARN != "" // of others only events are known
		if g.Retention != 0 || !listed || q.focus.Resource != "" && !of.Logs(g.Name) {
			continue
		}
		lines = append(lines, spot("unexpiring "+g.Place().String()+" "+g.Name, resource.OfGroup(g.Name).Detailed(),
			"never expires: set a retention", g, ui.ColorNoData))
	}
	return bounded(lines, "log groups that never expire", "Logs"), err
}

func spot(key, what, does string, item app.Item, ink fyne.ThemeColorName) line {
	cells := []ui.Cell{{Text: what, Mark: ui.Dash, Ink: ink}, {Text: does, Style: ui.Note}}
	return line{key: key, item: item, cells: cells}
}

// bounded leaves the first of some lines, and one that says how many more there are and leads to their screen.
func bounded(lines []line, name, screen string) []line {
	more := len(lines) - mostSpots
	if more <= 1 { // one line more takes no more room than saying so
		return lines
	}
	said := "and " + phrase.Count(int64(more)) + " more " + name
	return append(lines[:mostSpots:mostSpots], line{key: "more " + name, screen: screen,
		cells: []ui.Cell{{Text: said, Style: ui.Note, Across: true}}})
}
