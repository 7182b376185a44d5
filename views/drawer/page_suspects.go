package drawer

import (
	"fmt"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Teller writes suspects with the instants of the page.
func (k PageContext) Teller() phrase.SuspectTeller {
	return phrase.SuspectTeller{Presets: k.Presets, Moment: k.Moment}
}

// Suspects lists the first suspects, each a way to its item; figures says that they are opened by figures too.
func (p *Page) Suspects(k PageContext, e insight.Explanation, most int, figures bool) {
	tell := k.Teller()
	if len(e.Suspects) == 0 {
		p.Text(phrase.Nothing, ui.Quiet)
		return
	}
	for _, s := range e.Suspects[:min(len(e.Suspects), most)] {
		key := ""
		if figures {
			key = p.Figure()
		}
		title := tell.Title(s)
		p.Lead(NewPivot(title, key, phrase.SuspectWord(s.Kind), func() { k.Open(suspectItem(s, title)) }))
		p.Text(tell.Evidence(s, e), ui.Note)
		p.Room(6)
	}
}

// suspectItem is what a suspect leads to: the lane or list that shows its evidence.
func suspectItem(s insight.Suspect, title string) app.Item {
	switch {
	case s.Change != nil:
		return *s.Change
	case s.Pattern != nil:
		return app.LogList{Title: title, Query: s.Pattern.Question}
	case s.Metric != nil:
		series := app.Series{Scope: s.Metric.Scope, Reading: s.Metric.Reading}
		return app.SeriesAt{Series: series, At: s.At, PerSecond: perSecond(s)}
	}
	return app.Service{Scope: s.Scope, Name: s.Name}
}

// perSecond reports whether a metric is compared with a limit of a second.
func perSecond(s insight.Suspect) bool {
	return strings.HasSuffix(s.Metric.Unit, "/Second")
}

// SuspectsFound adds what was looked for and not found, and what is not known, with what brings it.
func (p *Page) SuspectsFound(k PageContext, e insight.Explanation) {
	if path := k.Teller().SuspectPath(e); path != "" {
		p.Section("Path")
		p.Text(path, ui.Quiet)
	}
	if parts := phrase.NotFound(e); len(parts) > 0 {
		p.Section("Looked for and not found")
		for _, part := range parts {
			p.Text("· "+part, ui.Note)
		}
	}
	if len(e.Gaps) == 0 {
		return
	}
	p.Section("Not known")
	pulls := false
	for _, g := range e.Gaps {
		p.Text("· "+k.Teller().Unknown(g), ui.Note)
		pulls = pulls || phrase.Pulled(g)
	}
	if pulls {
		p.Gap(4)
		p.Text(fmt.Sprintf("F5 pulls what is missing of the window; its price is shown before it runs. This looks at "+
			"%s "+
			"to %s.", k.Moment(e.Usual.From), k.Moment(e.Now.To)), ui.Note)
	}
}
