package shell

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// pullButton starts a pull at the price it shows; while one runs it shows how far it is, and cancels it.
type pullButton struct {
	*ui.Chip // what is drawn; the button itself is no widget
	offer    Offer
	priced   bool
	progress Progress
	narrow   bool        // there is no room for more than the figures
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

// width is what the button takes: as much as it usually needs in any state, so that what stands beside it stays where
// it is while a pull begins, goes on and ends.
func (p *pullButton) width() float32 {
	const cost, requests = app.Money(1), 47 // of little money there is the most to say: <$0.0001
	return max(p.MinSize().Width, widthOf(ui.Word{Text: p.least(cost), Style: ui.Head}),
		widthOf(counted(requests, requests)...))
}

// counted says how many requests of a pull are done.
func counted(done, total int) []ui.Word {
	return []ui.Word{{Text: phrase.Count(int64(done)) + " of " + phrase.Count(int64(total)), Style: ui.Quiet},
		{Text: "Cancel", Style: ui.Head}}
}

// least says what a pull costs that costs at least so much.
func (p *pullButton) least(cost app.Money) string {
	if p.narrow {
		return "Pull · " + cost.String() + "+"
	}
	return "Pull · from " + cost.String()
}

func (p *pullButton) say() {
	p.SetPrimary(!p.progress.Running)
	switch {
	case p.progress.Running && p.progress.Total > 0:
		p.Set(counted(p.progress.Done, p.progress.Total)...)
	case p.progress.Running:
		p.Set(ui.Word{Text: "Pulling", Style: ui.Quiet}, ui.Word{Text: "Cancel", Style: ui.Head})
	case !p.priced:
		p.Set(ui.Word{Text: "Pull", Style: ui.Head})
	case p.offer.AtLeast:
		p.Set(ui.Word{Text: p.least(p.offer.Cost), Style: ui.Head})
	default:
		p.Set(ui.Word{Text: "Pull · " + p.offer.Cost.String(), Style: ui.Head})
	}
}
