package drawer

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// Detail is one kind of item in the drawer; the rest of it is read through R, which is what its package asks of the
// cache. A Detail is a value: what it knows does not change, and Read returns another.
type Detail[R any] interface {
	// Read returns the detail with the rest of what the cache knows of it. It runs away from the UI goroutine, and what
	// it could read travels with its error. It may return nil with an error: then the detail stays as it is.
	Read(context.Context, R, ReadContext) (Detail[R], error)
	// Page draws what is known so far. It runs on the UI goroutine and reads nothing.
	Page(PageContext) *Page
}

// Later is a Detail of which a part takes longer to read than the rest. It is read once the rest is shown, and again
// when that was: a page shows the part that it had until then.
type Later[R any] interface {
	// ReadLater reads the part. It runs away from the UI goroutine, and what it could read travels with its error.
	ReadLater(context.Context, R, ReadContext) (part any, err error)
	// With returns the detail with a part that ReadLater returned.
	With(part any) Detail[R]
}

// Opener returns how the drawer shows an item, nil for what it does not know.
type Opener func(app.Item) Content

// Content is a Detail with what it is read through; Bind makes one.
type Content interface {
	read(context.Context, ReadContext) (Content, error)
	// readLater reads what takes longer; it is nil where nothing does.
	readLater() func(context.Context, ReadContext) (part any, err error)
	with(part any) Content
	page(PageContext) *Page
}

// Bind returns an Opener for the details of one package, which are read through reader. of returns nil for items that
// the package does not show.
func Bind[R any](reader R, of func(app.Item) Detail[R]) Opener {
	return func(item app.Item) Content {
		if d := of(item); d != nil {
			return bound[R]{reader, d}
		}
		return nil
	}
}

// bound is a detail with its reader.
type bound[R any] struct {
	reader R
	detail Detail[R]
}

func (b bound[R]) read(ctx context.Context, o ReadContext) (Content, error) {
	rest, err := b.detail.Read(ctx, b.reader, o)
	if rest != nil {
		b.detail = rest
	}
	return b, err
}

func (b bound[R]) readLater() func(context.Context, ReadContext) (any, error) {
	later, ok := b.detail.(Later[R])
	if !ok {
		return nil
	}
	return func(ctx context.Context, o ReadContext) (any, error) { return later.ReadLater(ctx, b.reader, o) }
}

func (b bound[R]) with(part any) Content {
	if later, ok := b.detail.(Later[R]); ok {
		b.detail = later.With(part)
	}
	return b
}

func (b bound[R]) page(k PageContext) *Page { return b.detail.Page(k) }
