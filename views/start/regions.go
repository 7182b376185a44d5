package start

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// mostMetrics is how many metrics a Region tells of at most: a page of ListMetrics.
const mostMetrics = 500

// regionRow is a Region with what the chosen accounts have there.
type regionRow struct {
	region   string
	metrics  int
	accounts int   // in which anything is measured
	problem  error // why one of them did not tell; nil: all did
	chosen   bool
}

// survey is the question to one profile in which Regions it has anything.
type survey struct {
	of   *check
	uses []app.RegionUse
	err  error
	done bool
	load ui.Loader
}

// regionStep lists the Regions and proposes those in use.
type regionStep struct {
	view    *View
	surveys []*survey
	rows    []*regionRow
	byHand  bool
	list    *ui.ListPanel[*regionRow]
	about   *ui.Paragraph
	content fyne.CanvasObject
}

func newRegionStep(v *View) *regionStep {
	right := fyne.TextAlignTrailing
	s := &regionStep{view: v, about: ui.NewParagraph("A Region is in use where CloudWatch had metrics of a service "+
		"in the last two weeks. That is one request a Region and account, at $0.01 a thousand.", ui.Note, width-40)}
	s.list = ui.NewListPanel("Regions", "", func(r *regionRow) string { return r.region },
		ui.Column[*regionRow]{Title: "Region", Width: 170, Cell: regionCell},
		ui.Column[*regionRow]{Title: "Metrics", Width: 70, Align: right, Cell: metricsCell},
		ui.Column[*regionRow]{Title: "Accounts", Width: 70, Align: right, Cell: func(r *regionRow) ui.Cell {
			if r.accounts == 0 {
				return ui.Cell{}
			}
			return ui.Cell{Text: phrase.Count(r.accounts)}
		}},
		ui.Column[*regionRow]{Title: "", Cell: regionTrouble})
	s.list.List.OnOpen = func(r *regionRow) { s.toggle(r); v.takeKeyboard(); v.arrange() }
	s.content = container.NewBorder(s.about, nil, nil, nil, s.list)
	return s
}

func regionCell(r *regionRow) ui.Cell {
	if r.chosen {
		return ui.Cell{Text: r.region, Mark: ui.Disc, Ink: ui.ColorAccent, Style: ui.Strong}
	}
	return ui.Cell{Text: r.region, Mark: ui.Ring, Ink: ui.ColorNoData}
}

func metricsCell(r *regionRow) ui.Cell {
	switch {
	case r.metrics >= mostMetrics:
		return ui.Cell{Text: phrase.Count(r.metrics) + "+"}
	case r.metrics > 0:
		return ui.Cell{Text: phrase.Count(r.metrics)}
	case r.problem != nil:
		return ui.Cell{Text: "?", Style: ui.Note}
	}
	return ui.Cell{Text: "none", Style: ui.Note}
}

func regionTrouble(r *regionRow) ui.Cell {
	if r.problem == nil {
		return ui.Cell{}
	}
	sentence, _ := explain.Explain(r.problem)
	return ui.Cell{Text: sentence, Style: ui.Note, Mark: ui.Square, Ink: ui.ColorWarning}
}

func (s *regionStep) title() string           { return "Regions" }
func (s *regionStep) body() fyne.CanvasObject { return s.content }

// enter asks about the profiles that are chosen now, unless it knows.
func (s *regionStep) enter() {
	chosen := s.view.profiles.chosen()
	same := slices.EqualFunc(s.surveys, chosen, func(v *survey, c *check) bool { return v.of == c && v.done })
	if same {
		s.arrange()
		return
	}
	s.surveys, s.byHand = nil, false
	for _, c := range chosen {
		s.surveys = append(s.surveys, &survey{of: c, load: ui.Loader{Threads: s.view.Session.Threads}})
	}
	s.gather()
	for _, v := range s.surveys {
		read := func(ctx context.Context) ([]app.RegionUse, error) { return s.view.Use(ctx, v.of.Profile, v.of.who) }
		ui.Load(&v.load, read, func(uses []app.RegionUse, err error) {
			v.uses, v.err, v.done = uses, err, true
			s.gather()
			s.view.answered()
		})
	}
}

func (s *regionStep) leave() {
	for _, v := range s.surveys {
		v.load.Stop()
	}
}

// gather adds up what the accounts have told, the Regions with most first, and proposes those in use; where nothing is
// measured anywhere, the Regions that the profiles name.
func (s *regionStep) gather() {
	chosen := map[string]bool{}
	for _, r := range s.rows {
		chosen[r.region] = r.chosen
	}
	var rows []*regionRow
	row := func(region string) *regionRow {
		i := slices.IndexFunc(rows, func(r *regionRow) bool { return r.region == region })
		if i < 0 {
			rows = append(rows, &regionRow{region: region})
			i = len(rows) - 1
		}
		return rows[i]
	}
	used := false
	for _, v := range s.surveys {
		for _, u := range v.uses {
			r := row(u.Region)
			r.metrics += u.Metrics
			if u.Metrics > 0 {
				r.accounts++
				used = true
			}
			if u.Problem != nil && r.problem == nil {
				r.problem = u.Problem
			}
		}
	}
	for _, r := range rows {
		switch {
		case s.byHand:
			r.chosen = chosen[r.region]
		case used:
			r.chosen = r.metrics > 0
		default:
			r.chosen = s.isNamed(r.region)
		}
	}
	slices.SortStableFunc(rows, func(a, b *regionRow) int { return b.metrics - a.metrics })
	s.rows = rows
	s.arrange()
}

// isNamed reports whether a profile or the environment names the Region.
func (s *regionStep) isNamed(region string) bool {
	if region == s.view.profiles.found.Environment.Region {
		return true
	}
	return slices.ContainsFunc(s.surveys, func(v *survey) bool { return v.of.Region == region })
}

func (s *regionStep) toggle(r *regionRow) {
	s.byHand = true
	r.chosen = !r.chosen
	s.arrange()
}

func (s *regionStep) pending() (n int) {
	for _, v := range s.surveys {
		if !v.done {
			n++
		}
	}
	return n
}

// places returns where to pull: each chosen profile in each chosen Region in which it has anything, or that nobody is
// known to have anything in.
func (s *regionStep) places() (places []app.Scope) {
	for _, v := range s.surveys {
		for _, r := range s.rows {
			if r.chosen && (r.metrics == 0 || v.has(r.region)) {
				places = append(places, app.Scope{Account: v.of.who.Account, Region: r.region, Profile: v.of.Name})
			}
		}
	}
	return places
}

func (v *survey) has(region string) bool {
	return slices.ContainsFunc(v.uses, func(u app.RegionUse) bool {
		return u.Region == region && (u.Metrics > 0 || u.Problem != nil)
	})
}

func (s *regionStep) arrange() {
	empty := "Asking CloudWatch in each Region …"
	for _, v := range s.surveys {
		if v.err != nil {
			sentence, remedy := explain.Explain(v.err)
			empty = sentence + " " + remedy
		}
	}
	s.list.SetItems(s.rows, empty)
	s.list.List.MarkRow()
	s.list.SetNote("↑ ↓ and Space choose", ui.Note)
}

func (s *regionStep) note() string {
	if n := s.pending(); n > 0 {
		return phrase.Plural(int64(n), "account", "accounts") + " still being asked"
	}
	n := len(s.places())
	if n == 0 {
		return "No Region is chosen"
	}
	return phrase.Plural(int64(n), "place", "places") + " to pull from"
}

func (s *regionStep) action() string { return "Continue" }

func (s *regionStep) proceed() bool {
	if s.pending() > 0 {
		return false
	}
	if len(s.places()) == 0 {
		return true
	}
	return s.view.forward()
}

func (s *regionStep) key(k key) bool {
	switch k.name {
	case fyne.KeyDown:
		move(s.list.List, 1)
	case fyne.KeyUp:
		move(s.list.List, -1)
	case fyne.KeySpace:
		if r, ok := s.list.List.Cursor(); ok {
			s.toggle(r)
		}
	default:
		return false
	}
	return true
}

func (s *regionStep) buttons() []hint { return []hint{s.view.later(), s.view.backward()} }
