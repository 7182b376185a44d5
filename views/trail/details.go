package trail

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// Details returns how the drawer shows trail events and lists of them.
func Details(r Reader) drawer.Opener {
	return drawer.Bind(r, func(item app.Item) drawer.Detail[Reader] {
		switch item := item.(type) {
		case app.TrailEvent:
			return trailDetail{event: item}
		case app.Changes:
			return changesDetail{item}
		case []app.TrailEvent:
			return changesDetail{item}
		case app.ChangeList:
			return trailsDetail{list: item}
		}
		return nil
	})
}
