package traces

import (
	"context"
	"iter"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
)

// Reader is what the details of traces ask of the cache; *cache.DB satisfies it.
type Reader interface {
	related.Reader
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
}
