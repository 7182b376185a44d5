package logs

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// Details returns how the drawer shows log events, their patterns, log groups and bars of the log volume.
func Details(r Reader) drawer.Opener {
	var one *treeView // for all events, so that the keyboard stays with it when a page is drawn anew
	tree := func() *treeView {
		if one == nil {
			one = newTreeView()
		}
		return one
	}
	return drawer.Bind(r, func(item app.Item) drawer.Detail[Reader] {
		switch item := item.(type) {
		case app.LogBucket:
			return bucketDetail{bucket: item}
		case app.LogList:
			return logsDetail{list: item}
		case app.LogEvent:
			return newLogDetail(item, tree())
		case app.LogGroup:
			return groupDetail{group: item}
		case neighboursItem:
			return neighboursDetail{item: item}
		case eventPattern:
			return eventPatternDetail{event: item.event}
		case rawItem:
			return rawDetail(item)
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
