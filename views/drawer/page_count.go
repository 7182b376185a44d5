package drawer

import (
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/ui"
)

// Incomplete adds why a list may lack something, and what to do; nothing where the cache has it all.
func (p *Page) Incomplete(t related.Count, many string) {
	switch {
	case t.Completeness == related.NotPulled && t.N == 0:
		p.Text("The "+many+" of this time have not been pulled. Pull them with F5.", ui.Note)
	case t.Completeness == related.NotPulled, t.Completeness == related.Partial:
		p.Text("The cache has only a part of the "+many+" of this time: pull the rest with F5.",
			ui.Note.In(ui.ColorWarning))
	}
	p.Gap(8)
}
