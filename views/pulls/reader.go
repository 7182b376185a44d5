package pulls

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// Reader is what the details of coverage ask of the cache; *cache.DB satisfies it.
type Reader interface {
	Attempts(context.Context) ([]app.Attempt, error)
}
