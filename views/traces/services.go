package traces

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// newServices returns the screen of services: the map of who calls whom, and below it the services, worst first.
func newServices(session *ui.Session, r Reader) *explore.Screen[serviceRow] {
	chart := newGraphMap(session.Threads, func(s app.Service) { session.Selected.Set(s) })
	session.Selected.Follow(func(item app.Item) {
		s, _ := item.(app.Service)
		chart.choose(s)
	})
	return explore.New(explore.Parts[serviceRow]{
		Name: "Traces", Tab: "Service map", Own: true,
		Hint:    "Words, name:checkout*, type:Lambda, faults>5, mean>500ms, -without",
		Session: session, Signal: app.Traces, Orders: [2]string{"Worst first", "By name"}, Columns: serviceColumns(),
		Key: func(r serviceRow) string { return r.key() }, Item: func(r serviceRow) app.Item { return r.node.service },
		KeyOf: serviceKey,
		Read: func(ctx context.Context, q explore.Question) (explore.Answer[serviceRow], error) {
			return searchServices(ctx, r, q)
		},
		Check:  func(text string) error { _, err := query.ParseFilter(text, serviceFields); return err },
		Fields: serviceFields,
		Above:  container.NewScroll(chart),
		Shown: func(a explore.Answer[serviceRow], _ explore.Question) {
			g := graph{}
			if len(a.Items) > 0 {
				g = a.Items[0].of.graph
				chart.show(g, a.Items[0].of.within)
				return
			}
			chart.show(g, app.Range{})
		},
	})
}

// serviceRow is a service as the list shows it.
type serviceRow struct {
	node    node
	of      *counted
	callers int
	callees int
}

// counted is a graph with the range that it counts, which may be longer than the window.
type counted struct {
	graph  graph
	within app.Range
}

func (r serviceRow) key() string { return serviceKey(r.node.service) }

// serviceKey tells services apart; "" stands for an item of another kind.
func serviceKey(item app.Item) string {
	if s, ok := item.(app.Service); ok {
		return s.Place().String() + " " + s.Name
	}
	return ""
}

// searchServices reads the service graphs of the window, of which the services that a query finds are listed.
func searchServices(ctx context.Context, r Reader, q explore.Question) (a explore.Answer[serviceRow], err error) {
	filter, err := query.ParseFilter(q.Text, serviceFields)
	if err != nil {
		return a, err
	}
	known, err := explore.ReadKnown(ctx, r, app.Traces, "", q)
	if err != nil {
		return a, err
	}
	var graphs []app.ServiceGraph
	of := &counted{}
	for _, place := range known.Places {
		g, err := r.ServiceGraph(ctx, place, q.Range)
		if err != nil {
			return a, err
		}
		graphs = append(graphs, g)
		if g.Range.Length() > of.within.Length() {
			of.within = g.Range
		}
	}
	of.graph = newGraph(graphs)
	facets := explore.NewCounter(serviceFacets)
	all := 0
	for i, n := range of.graph.nodes {
		row := serviceRow{node: n, of: of}
		for _, e := range of.graph.edges {
			if e.to == i && !of.graph.nodes[e.from].client() {
				row.callers++
			}
			if e.from == i {
				row.callees++
			}
		}
		if n.client() {
			continue
		}
		if all++; filter.Match(row) {
			a.Items = append(a.Items, row)
			facets.Count(row.Values)
		}
	}
	if !q.Turned {
		slices.SortStableFunc(a.Items, func(a, b serviceRow) int {
			s, o := a.node.stats, b.node.stats
			return cmp.Or(cmp.Compare(faultShare(o), faultShare(s)), cmp.Compare(errorShare(o), errorShare(s)),
				cmp.Compare(o.Total, s.Total))
		})
	}
	a.Total, a.Facets, a.Count = len(a.Items), facets.Facets(), phrase.Count(int64(len(a.Items)))
	a.Found = phrase.Plural(int64(all), "service", "services")
	if q.Text != "" {
		a.Found = a.Count + " of " + a.Found
	}
	explore.Say(&a, q, known, explore.Words{Items: "services",
		Absent: "X-Ray has a service map of what is traced only."})
	return a, nil
}

// serviceColumns are those of the list of services.
func serviceColumns() []ui.Column[serviceRow] {
	number := func(title string, width, above float32, of func(serviceRow) string) ui.Column[serviceRow] {
		return ui.Column[serviceRow]{Title: title, Width: width, Above: above, Align: fyne.TextAlignTrailing,
			Cell: func(r serviceRow) ui.Cell {
				return ui.Cell{Text: of(r), Style: ui.Small}
			}}
	}
	return []ui.Column[serviceRow]{
		{Title: "Service", Share: 2, Cell: func(r serviceRow) ui.Cell {
			c := ui.Cell{Text: r.node.service.Name, Style: ui.Small, Mark: ui.Ring, Ink: ui.ColorOK}
			switch s := r.node.stats; {
			case s.Total == 0:
				c.Mark, c.Ink = ui.Dash, ui.ColorNoData
			case faultShare(s) >= badShare:
				c.Mark, c.Ink = ui.Disc, ui.ColorAlarm
			case errorShare(s) >= badShare:
				c.Mark, c.Ink = ui.Diamond, ui.ColorWarning
			}
			return c
		}},
		{Title: "Type", Width: 110, Above: 520,
			Cell: func(r serviceRow) ui.Cell { return ui.Cell{Text: typeText(r.node), Style: ui.Note} }},
		number("Calls", 76, 0, func(r serviceRow) string { return rateText(r.node.stats.Total, r.of.within) }),
		number("Faults", 60, 0, func(r serviceRow) string { return shareText(faultShare(r.node.stats)) }),
		number("Errors", 60, 460, func(r serviceRow) string { return shareText(errorShare(r.node.stats)) }),
		number("Mean", 70, 400, func(r serviceRow) string { return meanText(r.node.stats) }),
		number("Called by", 66, 760, func(r serviceRow) string { return phrase.Count(int64(r.callers)) }),
		number("Calls to", 66, 760, func(r serviceRow) string { return phrase.Count(int64(r.callees)) }),
		{Title: "Account and Region", Width: 170, Above: 900, Cell: func(r serviceRow) ui.Cell {
			return ui.Cell{Text: phrase.ScopeText(r.node.service.Scope), Style: ui.Note}
		}},
	}
}

func shareText(s float32) string {
	if s == 0 {
		return "0 %"
	}
	return phrase.Amount(float64(s)*100, "Percent")
}

// serviceFields are the fields of a service that a query can name: faults and errors in percent, mean in seconds, rate
// by the second.
var serviceFields = []string{"name", "type", "faults", "errors", "mean", "rate", "account", "region"}

// Values returns the values of a field of serviceFields.
func (r serviceRow) Values(field string) []string {
	number := func(v float64) []string { return []string{strconv.FormatFloat(v, 'f', -1, 64)} }
	s := r.node.stats
	switch field {
	case "name":
		return []string{r.node.service.Name}
	case "type":
		return []string{typeText(r.node)}
	case "faults":
		return number(float64(faultShare(s)) * 100)
	case "errors":
		return number(float64(errorShare(s)) * 100)
	case "mean":
		if s.Total > 0 {
			return number(s.Time.Seconds() / float64(s.Total))
		}
	case "rate":
		if seconds := r.of.within.Length().Seconds(); seconds > 0 {
			return number(float64(s.Total) / seconds)
		}
	case "account":
		return []string{r.node.service.Account}
	case "region":
		return []string{r.node.service.Region}
	}
	return nil
}

// Text is what words are looked for in.
func (r serviceRow) Text() string {
	return r.node.service.Name + "\n" + typeText(r.node) + "\n" + strings.Join(r.node.types, "\n")
}

// serviceFacets are the fields of services that become facets.
var serviceFacets = []explore.FacetField{{Title: "Type", Field: "type", Always: true},
	{Title: "Region", Field: "region"}, {Title: "Account", Field: "account"}}
