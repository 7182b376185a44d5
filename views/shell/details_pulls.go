package shell

import "github.com/nephograph/nephograph/app"

// coverageDetails returns how the drawer shows what is known of a stretch of time.
func coverageDetails(r Reader) Opener {
	return Bind(r, func(item app.Item) Detail[Reader] {
		switch item := item.(type) {
		case app.Coverage:
			return coverDetail{part: item}
		}
		return nil
	})
}
