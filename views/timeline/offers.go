package timeline

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/phrase"
)

// offer is a lane that can be added, by its words.
type offer struct {
	words string
	where string // what it is, and what tells it from others of the same words
	place string
	lane  app.Lane
}

// offers returns a lane for each metric and log group, by their words.
func offers(metrics []lane.PlacedMetric, groups []app.LogGroup, presets app.Presets) []offer {
	var all []offer
	for _, m := range metrics {
		l := app.Lane{Kind: app.MetricLane, Scope: m.Place(), Readings: []app.Reading{presets.Reading(m.Metric)}}
		where := presets.Title(m.Namespace) + " " + m.Name
		for _, d := range m.Dimensions {
			if d.Value != m.Subject() {
				where += " · " + d.Name + " " + d.Value
			}
		}
		all = append(
			all, offer{m.Metric.Subject() + " " + phrase.Metric(m.Metric, presets), where, placeWord(m.Scope), l},
		)
	}
	for _, g := range groups {
		l, _ := laneFor(g)
		all = append(all, offer{g.Name, "Logs", placeWord(g.Scope), l})
	}
	slices.SortStableFunc(all, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.words, b.words), cmp.Compare(a.where, b.where), cmp.Compare(a.place, b.place))
	})
	return all
}

// placeWord says where something is: "eu-west-1 · 111122223333".
func placeWord(s app.Scope) string { return s.Region + " · " + s.Account }

// services are the names of the services in traces, once each, since a lane of traces is of all places.
func (snap snapshot) services(ctx context.Context, r Reader, within app.Range) ([]string, error) {
	var names []string
	for _, p := range snap.places {
		g, err := r.ServiceGraph(ctx, p, within)
		if err != nil {
			return nil, err
		}
		for _, n := range g.Nodes {
			if n.Type != "client" {
				names = append(names, n.Name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// serviceOffers returns a lane of traces for each service.
func serviceOffers(services []string) []offer {
	var all []offer
	for _, name := range services {
		all = append(all, offer{name + " traces", "Traces in which it takes part", "all places", app.Lane{
			Kind: app.TraceLane, Services: []string{name},
		}})
	}
	return all
}

// matching returns the first offers, at most so many, that contain every word of a text in any case.
func matching(all []offer, text string, most int) []offer {
	wanted := strings.Fields(strings.ToLower(text))
	var found []offer
	for _, o := range all {
		said := strings.ToLower(o.words + " " + o.where + " " + o.place)
		if !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(said, w) }) {
			if found = append(found, o); len(found) == most {
				break
			}
		}
	}
	return found
}

// joinable reports whether keys go to a lane that takes series of other metrics.
func (v *View) joinable() bool {
	i := v.shownBoard().Find(v.chosenKey())
	return v.chosenKey() != "" && i >= 0 && v.shownBoard().Lanes[i].Kind == app.MetricLane
}

// joinLane draws the series of a lane in the one that keys go to.
func (v *View) joinLane(l app.Lane) {
	v.editChosen(func(b app.Board, i int) app.Board {
		for _, r := range l.Readings {
			b = b.Join(i, app.LaneSeries{Scope: l.Scope, Reading: r})
		}
		return b
	})
	v.reread()
}
