package metrics

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
)

// Reader is what the screen and the details of metrics ask of the cache; *cache.DB satisfies it.
type Reader interface {
	related.Reader
	Metrics(context.Context, app.Scope) ([]app.Metric, error)
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
}
