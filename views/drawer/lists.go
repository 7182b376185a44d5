package drawer

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// PivotToAlarms leads to the alarms on a resource; read is false while they are being looked for.
func PivotToAlarms(p *Page, k PageContext, name string, alarms []app.Alarm, read bool) {
	said := "…"
	if read {
		said = phrase.Count(int64(len(alarms)))
	}
	p.Pivot("Alarms on "+name, "a", said, func() { k.Open(app.AlarmList{Title: "Alarms on " + name, Alarms: alarms}) })
}

// PivotToLane adds an item's lane to the screen that shows items beside each other, if there is one.
func (p *Page) PivotToLane(k PageContext, item app.Item) {
	if k.Add != nil {
		p.Pivot("Its lane on the timeline", "L", "", func() { k.Add(item) })
	}
}

// ListLimit is how many items of a question the drawer lists; more are for a screen.
const ListLimit = 50

// MessageStyle is that of a message in the drawer: a line of 323 pixels holds some fifty letters of it.
const MessageStyle = 11
