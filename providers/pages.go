package providers

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/nephograph/nephograph/app"
)

const (
	// sameToken is how often in a row AWS may answer with the token that it was asked with, before the listing counts
	// as stuck. FilterLogEvents does so when it needs longer; seen are two or three times.
	sameToken = 10
	// emptyPages is how many pages in a row may have nothing. FilterLogEvents and GetTraceSummaries send some while
	// they search; more than some tens have not been seen.
	emptyPages = 1_000
)

// Call asks for the page at token, nil for the first. It returns the page and the token of the next, nil at the end.
// The page beside an error holds what did arrive.
type Call[T any] func(ctx context.Context, token *string) (app.Page[T], *string, error)

// Pages asks for page after page, to the end, as app.Source has it; op names its errors. A token that comes back
// unchanged is asked again. An answer that goes on without an end, as app.AnswerLimit and the constants above say, ends
// with an error of the kind app.Endless after the pages that came.
func Pages[T any](ctx context.Context, op app.Operation, call Call[T]) iter.Seq2[app.Page[T], error] {
	return func(yield func(app.Page[T], error) bool) {
		var token *string
		progress := newProgress(op.Answers.Pages)
		for {
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
			if err := progress.page(len(page.Items) == 0, aws.ToString(token), *next); err != nil {
				yield(app.Page[T]{}, &app.Error{Kind: app.Endless, Op: op.Action, Err: err})
				return
			}
			token = next
		}
	}
}

// progress tells whether the pages of one answer come nearer to an end.
type progress struct {
	most    int // pages; 0: any number
	pages   int
	empty   int // in a row
	repeats int // of the same token, in a row
	seed    maphash.Seed
	seen    map[uint64]struct{} // hashes of the tokens that have led to another page
}

func newProgress(most int) *progress {
	return &progress{most: most, seed: maphash.MakeSeed(), seen: map[uint64]struct{}{}}
}

// page counts a page that the token used led to and that another is to follow, at next; it returns why none should.
func (p *progress) page(empty bool, used, next string) error {
	p.pages++
	if p.empty++; !empty {
		p.empty = 0
	}
	switch {
	case p.most > 0 && p.pages >= p.most:
		return fmt.Errorf("after %d pages there was still no end", p.pages)
	case p.empty >= emptyPages:
		return fmt.Errorf("%d pages in a row had nothing, and there was no end", p.empty)
	case next == used:
		if p.repeats++; p.repeats >= sameToken {
			return fmt.Errorf("the same page token came %d times in a row", p.repeats)
		}
		return nil
	}
	p.repeats = 0
	p.seen[maphash.String(p.seed, used)] = struct{}{}
	if _, again := p.seen[maphash.String(p.seed, next)]; again {
		return errors.New("the page token of an earlier page came again")
	}
	return nil
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
