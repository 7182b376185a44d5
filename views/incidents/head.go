package incidents

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// head is what stands above the evidence: the title, how far the response is, how severe it is, and the times.
type head struct {
	widget.BaseWidget
	box *fyne.Container
}

func newHead() *head {
	h := &head{box: container.NewVBox()}
	h.ExtendBaseWidget(h)
	return h
}

// CreateRenderer draws the head.
func (h *head) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(layout.NewCustomPaddedLayout(8, 0, 16, 16), h.box))
}

// none says what to do where there is no incident; a problem stands in the list already.
func (h *head) none(problem error) {
	h.box.Objects = nil
	if problem == nil {
		h.box.Objects = []fyne.CanvasObject{ui.NewText("An incident keeps the evidence of a disruption: "+
			"what was seen, in order, with notes.", ui.Quiet)}
	}
	h.box.Refresh()
}

func (h *head) show(v *View, i app.Incident) {
	zone := v.Session.Zone.Now()
	actions := container.NewHBox()
	if v.Report != nil {
		actions.Add(ui.NewButton("Report", v.writeReport))
	}
	if v.Bundle != nil {
		actions.Add(ui.NewButton("Bundle", v.askBundle))
	}
	chips := container.NewHBox(
		ui.NewChip(v.nextState, ui.Word{Text: string(i.State), Style: ui.Body}),
		ui.NewChip(v.nextSeverity, ui.Word{Text: i.Severity.String(), Style: ui.Body}), ui.NewSpace(4, 0))
	within := phrase.Between(i.Range, v.Session.Now(), zone) + ", " + phrase.Window(i.Range.Length())
	h.box.Objects = []fyne.CanvasObject{
		container.NewBorder(nil, nil, nil, actions, ui.NewShrinkingText(i.Title, ui.Title)),
		container.NewBorder(nil, nil, chips, nil, ui.NewShrinkingText(within, ui.Note)), v.figures(i)}
	if v.problem != nil {
		sentence, remedy := explain.Explain(v.problem)
		h.box.Add(ui.NewParagraph(sentence+" "+remedy, ui.Bad, proseWidth))
	}
	if v.said != "" {
		h.box.Add(ui.NewShrinkingText(v.said, ui.Note))
	}
	h.box.Refresh()
}

// figures are the times that a review compares, beside each other.
func (v *View) figures(i app.Incident) fyne.CanvasObject {
	t := i.Times(nil, nil)
	if v.facts.ID == i.ID {
		t = v.facts.Times
		t.Acknowledged = i.Acknowledged
	}
	detect, known := t.ToDetect()
	acknowledge, acknowledged := t.ToAcknowledge()
	recover, over := t.ToRecover()
	row := container.NewGridWithColumns(3)
	for _, f := range []struct {
		name, value, missing string
		known                bool
	}{
		{"To detect", phrase.Lasting(detect), "not known", known},
		{"To acknowledge (K)", phrase.Lasting(acknowledge), "not noted", acknowledged},
		{"To recover", phrase.Lasting(recover), "not yet", over},
	} {
		value, style := f.value, ui.Head
		if !f.known {
			value, style = f.missing, ui.Quiet
		}
		row.Add(container.NewVBox(ui.NewShrinkingText(f.name, ui.Note), ui.NewShrinkingText(value, style)))
	}
	return row
}
