package shell

import (
	"github.com/nephograph/nephograph/views/ui"
)

// pullButton starts a pull at the price it shows; while one runs it shows how far it is, and cancels it.
type pullButton struct {
	*ui.Chip // what is drawn; the button itself is no widget
	offer    Offer
	priced   bool
	progress Progress
	bar      *ui.Surface // how far it is, at the chip's lower edge
}

func newPullButton(tapped func()) *pullButton {
	p := &pullButton{Chip: ui.NewChip(tapped).Primary(), bar: ui.NewSurface(ui.ColorAccent)}
	p.say()
	return p
}

// price shows what a pull would cost; while it is not known the button says only what it does.
func (p *pullButton) price(o Offer, known bool) {
	p.offer, p.priced = o, known
	p.say()
}

func (p *pullButton) show(progress Progress) {
	p.progress = progress
	p.say()
}

func (p *pullButton) say() {
	p.SetPrimary(!p.progress.Running)
	switch {
	case p.progress.Running && p.progress.Total > 0:
		p.Set(ui.Word{Text: ui.Count(int64(p.progress.Done)) + " of " + ui.Count(int64(p.progress.Total)), Style: ui.Quiet},
			ui.Word{Text: "Cancel", Style: ui.Head})
	case p.progress.Running:
		p.Set(ui.Word{Text: "Pulling", Style: ui.Quiet}, ui.Word{Text: "Cancel", Style: ui.Head})
	case !p.priced:
		p.Set(ui.Word{Text: "Pull", Style: ui.Head})
	case p.offer.AtLeast:
		p.Set(ui.Word{Text: "Pull · from " + p.offer.Cost.String(), Style: ui.Head})
	default:
		p.Set(ui.Word{Text: "Pull · " + p.offer.Cost.String(), Style: ui.Head})
	}
}
