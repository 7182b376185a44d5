package shell

import "github.com/nephograph/nephograph/views/ui"

// incomplete adds why a list may lack something, and what to do; nothing where the cache has it all.
func (p *page) incomplete(t tally, many string) {
	switch {
	case t.reach == notPulled && t.n == 0:
		p.text("The "+many+" of this time have not been pulled. Pull them with F5.", ui.Note)
	case t.reach == notPulled, t.reach == inPart:
		p.text("The cache has only a part of the "+many+" of this time: pull the rest with F5.", ui.Note.In(ui.ColorWarning))
	}
	p.gap(8)
}
