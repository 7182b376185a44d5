package pulls

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// Details returns how the drawer shows what is known of a stretch of time.
func Details(r Reader) drawer.Opener {
	return drawer.Bind(r, func(item app.Item) drawer.Detail[Reader] {
		switch item := item.(type) {
		case app.Coverage:
			return coverDetail{part: item}
		}
		return nil
	})
}
