package logs

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// Details returns how the drawer shows log events, their patterns, log groups and bars of the log volume.
func Details(r Reader) drawer.Opener {
	return drawer.Bind(r, func(item app.Item) drawer.Detail[Reader] {
		switch item := item.(type) {
		case app.LogBucket:
			return bucketDetail{bucket: item}
		case app.LogList:
			return logsDetail{list: item}
		case app.LogEvent:
			return logDetail{event: item}
		case app.LogGroup:
			return groupDetail{group: item}
		case resultRow:
			if !item.head {
				return rowDetail{row: item}
			}
		case patternItem:
			return patternDetail{item: item}
		}
		return nil
	})
}
