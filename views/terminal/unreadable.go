package terminal

import (
	"fmt"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/phrase"
)

// unreadableNamed bounds how many different fields are named.
const unreadableNamed = 5

// noteUnreadable names the fields of records that a pull could not read, each once with how often it was so in all
// places.
func (c *commandLine) noteUnreadable(r pull.Report) {
	for _, signal := range app.Signals {
		var all []pull.Unreadable
		for _, o := range r.Outcomes {
			if o.Signal != signal {
				continue
			}
			for _, u := range o.Unreadable {
				i := slices.IndexFunc(all, func(a pull.Unreadable) bool {
					return a.Op == u.Op && a.Message == u.Message
				})
				if i < 0 {
					all = append(all, u)
				} else {
					all[i].Count += u.Count
				}
			}
		}
		for _, u := range all[:min(len(all), unreadableNamed)] {
			c.note("Of the %s, %s (%s); all else of them is kept.", phrase.SignalItems(signal), u.Message,
				times(u.Count))
		}
		if more := len(all) - unreadableNamed; more > 0 {
			c.note("%s more fields of the %s cannot be read; pull --json names them.", phrase.Count(int64(more)),
				phrase.SignalItems(signal))
		}
	}
}

// times says how often.
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%s times", phrase.Count(int64(n)))
}
