package shell

import "github.com/nephograph/nephograph/app"

// metricDetails returns how the drawer shows series of datapoints.
func metricDetails(r Reader) Opener {
	return Bind(r, func(item app.Item) Detail[Reader] {
		switch item := item.(type) {
		case app.Series:
			return seriesDetail{series: item}
		case app.SeriesAt:
			return seriesDetail{series: item.Series, at: item.At, rate: item.PerSecond}
		}
		return nil
	})
}
