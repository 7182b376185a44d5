package providers

import (
	"context"
	"fmt"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/nephograph/nephograph/app"
)

// sameToken is how often in a row AWS may answer with the token that it was asked with and nothing new, before the
// listing counts as stuck. FilterLogEvents does so when it needs longer; seen are two or three times.
const sameToken = 10

// Call asks for the page at token, nil for the first. It returns the page and the token of the next, nil at the end.
// The page beside an error holds what did arrive.
type Call[T any] func(ctx context.Context, token *string) (app.Page[T], *string, error)

// Pages asks for page after page, to the end, as app.Source has it; op names its errors. A token that comes back
// unchanged is asked again.
func Pages[T any](ctx context.Context, op app.Operation, call Call[T]) iter.Seq2[app.Page[T], error] {
	return func(yield func(app.Page[T], error) bool) {
		var token *string
		for repeats := 0; ; {
			if err := ctx.Err(); err != nil {
				yield(app.Page[T]{}, Fail(op.Action, err))
				return
			}
			page, next, err := call(ctx, token)
			if err != nil {
				yield(page, Fail(op.Action, err))
				return
			}
			if !yield(page, nil) || aws.ToString(next) == "" {
				return
			}
			if len(page.Items) > 0 || aws.ToString(next) != aws.ToString(token) {
				repeats = 0
			} else if repeats++; repeats >= sameToken {
				stuck := fmt.Errorf("AWS answered %d times with the same token and nothing new", repeats)
				yield(app.Page[T]{}, &app.Error{Kind: app.Unknown, Op: op.Action, Err: stuck})
				return
			}
			token = next
		}
	}
}

// Then runs sequences one after the other, up to the first error. It is for questions that AWS limits in length, such
// as X-Ray's six hours.
func Then[T any](sequences ...iter.Seq2[app.Page[T], error]) iter.Seq2[app.Page[T], error] {
	return func(yield func(app.Page[T], error) bool) {
		for _, s := range sequences {
			for page, err := range s {
				if !yield(page, err) || err != nil {
					return
				}
			}
		}
	}
}
