package metrics

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// Details returns how the drawer shows series of datapoints.
func Details(r Reader) drawer.Opener {
	return drawer.Bind(r, func(item app.Item) drawer.Detail[Reader] {
		switch item := item.(type) {
		case app.Series:
			return seriesDetail{series: item, asked: item.Reading}
		case app.SeriesAt:
			return seriesDetail{series: item.Series, asked: item.Series.Reading, at: item.At, rate: item.PerSecond}
		}
		return nil
	})
}
