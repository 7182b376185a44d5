package shell

import "github.com/nephograph/nephograph/app"

// logDetails returns how the drawer shows log events, log groups and bars of the log volume.
func logDetails(r Reader) Opener {
	return Bind(r, func(item app.Item) Detail[Reader] {
		switch item := item.(type) {
		case app.LogBucket:
			return bucketDetail{bucket: item}
		case app.LogList:
			return logsDetail{list: item}
		case app.LogEvent:
			return logDetail{event: item}
		case app.LogGroup:
			return groupDetail{group: item}
		}
		return nil
	})
}
