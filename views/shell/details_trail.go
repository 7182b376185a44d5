package shell

import "github.com/nephograph/nephograph/app"

// trailDetails returns how the drawer shows trail events and lists of them.
func trailDetails(r Reader) Opener {
	return Bind(r, func(item app.Item) Detail[Reader] {
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
