package pulls

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// Reader is what the details of coverage ask of the cache; *cache.DB satisfies it.
type Reader interface {
	Attempts(context.Context) ([]app.Attempt, error)
}

// ScreenReader is what the screen asks of the cache; *cache.DB satisfies it.
type ScreenReader interface {
	Reader
	Scopes(context.Context) ([]app.Scope, error)
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
	Requests(context.Context, app.Range, int) ([]app.Request, error)
	SpendByDay(context.Context, app.Range) ([]app.SpendLine, error)
	SpendByCall(context.Context, app.Range) ([]app.SpendLine, error)
	SpendByScope(context.Context, app.Range) ([]app.SpendLine, error)
	Room(context.Context) (app.Room, error)
}
