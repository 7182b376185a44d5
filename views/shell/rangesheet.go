package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// rangeSheet asks for the two ends of a time window.
type rangeSheet struct {
	*sheet
	from, to *ui.Field
	problem  *ui.Paragraph
}

// sheetWidth is the width of what a sheet asks for.
const sheetWidth = 320

// newRangeSheet starts with the window that is looked at, and calls chosen with another.
func newRangeSheet(c fyne.Canvas, s *ui.Session, chosen func(app.Range)) *rangeSheet {
	zone := s.Zone.Now()
	r := &rangeSheet{from: ui.NewField("2026-03-14 09:12"), to: ui.NewField("2026-03-14 10:12"),
		problem: ui.NewParagraph("", ui.Bad, sheetWidth)}
	now := s.Range()
	r.from.SetText(phrase.Stamp(now.From, zone))
	r.to.SetText(phrase.Stamp(now.To, zone))
	// of what may be wrong: the sheet has room for it from the beginning
	_, longest := phrase.ParseRange("", "", now.To, zone)
	room := ui.NewParagraph(longest.Error(), ui.Bad, sheetWidth).MinSize()
	body := container.NewVBox(
		ui.NewText("From, in "+phrase.ZoneName(zone, now.To), ui.Note), r.from, ui.NewText("To", ui.Note), r.to,
		container.NewStack(ui.NewSpace(room.Width, room.Height), r.problem))
	r.sheet = newSheet(c, "Time window", sheetWidth, body)
	apply := func() {
		got, err := phrase.ParseRange(r.from.Text, r.to.Text, s.Now(), zone)
		if err != nil {
			r.problem.Set(err.Error())
			return
		}
		r.Hide()
		chosen(got)
	}
	for _, f := range []*ui.Field{r.from, r.to} {
		f.Whole = true
		f.OnEscape = r.Hide
		f.OnSubmitted = func(string) { apply() }
	}
	r.add(ui.NewButton("Cancel", r.Hide)).add(ui.NewButton("Show", apply).Primary())
	return r
}

// newResourceSheet asks for a resource to narrow to.
func newResourceSheet(c fyne.Canvas, chosen func(string)) (*sheet, *ui.Field) {
	name := ui.NewField("checkout, orders, /aws/lambda/orders")
	why := ui.NewParagraph("A function, table, queue, service or log group. Every screen then shows only what names it.", ui.Note, sheetWidth)
	s := newSheet(c, "Narrow to a resource", sheetWidth, container.NewVBox(why, name))
	apply := func() {
		s.Hide()
		chosen(name.Text)
	}
	name.OnEscape = s.Hide
	name.OnSubmitted = func(string) { apply() }
	s.add(ui.NewButton("Cancel", s.Hide)).add(ui.NewButton("Narrow", apply).Primary())
	return s, name
}
