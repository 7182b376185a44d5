package alarms

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
)

// DetailReader is what the details of alarms ask of the cache; *cache.DB satisfies it.
type DetailReader interface {
	related.Reader
	Series(context.Context, app.SeriesQuery) ([]app.Series, error)
}
