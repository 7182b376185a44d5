package settings

import (
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// newValues lists the values that hold, or says why none does.
func newValues(h Held) *ui.ListPanel[Value] {
	p := ui.NewListPanel("What holds", "1", func(v Value) string { return v.Name },
		ui.Column[Value]{Title: "Setting", Width: 104, Cell: func(v Value) ui.Cell {
			return ui.Cell{Text: v.Name, Style: ui.Code}
		}},
		ui.Column[Value]{Title: "Value", Width: 76, Cell: func(v Value) ui.Cell { return ui.Cell{Text: v.Value} }},
		ui.Column[Value]{Title: "From", Width: 60, Cell: func(v Value) ui.Cell {
			style := ui.Note
			if v.From != "default" {
				style = ui.Small
			}
			return ui.Cell{Text: v.From, Style: style}
		}},
		ui.Column[Value]{Title: "What it does", Above: 420, Cell: func(v Value) ui.Cell {
			return ui.Cell{Text: meaning(v.Name), Style: ui.Note}
		}})
	if h.Problem != nil {
		sentence, remedy := explain.Explain(h.Problem)
		p.SetItems(nil, sentence+" "+remedy+
			" Until then nothing that costs is asked, nothing is forgotten, and all is masked.")
		return p
	}
	p.SetNote("change them in the settings file; the next start reads it", ui.Note)
	p.SetItems(h.Values, "")
	return p
}

// meaning says what a setting does.
func meaning(name string) string {
	what, of, _ := strings.Cut(name, " ")
	switch {
	case name == "cap":
		return "what the paid calls of a calendar month may cost; the free ones go on"
	case name == "keep size":
		return "how large the cache file may grow; the oldest is forgotten first"
	case name == "mask":
		return "secrets are masked before they are kept: " + strings.Join(mask.Rules(), ", ")
	case what == "keep":
		return "how long " + itemsOf(of) + " are kept"
	case what == "follow":
		return "how often " + itemsOf(of) + " are asked for while following"
	}
	return ""
}

// itemsOf names what a signal consists of.
func itemsOf(signal string) string {
	for _, s := range app.Signals {
		if string(s) == signal {
			return phrase.SignalItems(s)
		}
	}
	return signal
}

// newPlaces lists the places that the cache holds, with the profiles that reach them.
func newPlaces() *ui.ListPanel[app.Scope] {
	p := ui.NewListPanel("Places and profiles", "3", func(s app.Scope) string { return s.String() + " " + s.Profile },
		ui.Column[app.Scope]{Title: "Account", Width: 100, Cell: func(s app.Scope) ui.Cell {
			return ui.Cell{Text: s.Account}
		}},
		ui.Column[app.Scope]{Title: "Region", Share: 1, Cell: func(s app.Scope) ui.Cell {
			return ui.Cell{Text: s.Region}
		}},
		ui.Column[app.Scope]{Title: "Profile", Share: 1, Cell: func(s app.Scope) ui.Cell {
			if s.Profile == "" {
				return ui.Cell{Text: "default credentials", Style: ui.Note}
			}
			return ui.Cell{Text: s.Profile, Style: ui.Note}
		}})
	p.SetItems(nil, "Reading the cache …")
	return p
}
