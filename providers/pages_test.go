package providers

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

// listing is the operation that the tests page through.
var listing = app.Operation{Service: "logs", Action: "logs:X"}

// answers is a listing whose pages are written down: what each token leads to.
type answers map[string]struct {
	items []int
	next  string
	err   error
}

func (a answers) call(_ context.Context, token *string) (app.Page[int], *string, error) {
	p := a[aws.ToString(token)]
	return app.Page[int]{Items: p.items}, aws.String(p.next), p.err
}

func collect(ctx context.Context, a answers) (got []int, pages int, err error) {
	for page, e := range Pages(ctx, listing, a.call) {
		got, err = append(got, page.Items...), e
		pages++
	}
	return got, pages, err
}

func TestPages(t *testing.T) {
	got, pages, err := collect(t.Context(), answers{"": {[]int{1}, "a", nil}, "a": {nil, "b", nil},
		"b": {[]int{2, 3}, "", nil}})
	if d := cmp.Diff([]int{1, 2, 3}, got); err != nil || pages != 3 || d != "" {
		t.Error(pages, err, d)
	}
}

func TestPagesKeepWhatCameBesideAnError(t *testing.T) {
	got, _, err := collect(t.Context(), answers{"": {[]int{1}, "a", nil}, "a": {[]int{2}, "b", errors.New("no")}})
	if d := cmp.Diff([]int{1, 2}, got); app.KindOf(err) != app.Unknown || err == nil || d != "" {
		t.Error(err, d)
	}
}

// An answer that never ends is given up, and what came of it is there.
func TestAnswersThatNeverEnd(t *testing.T) {
	few := app.Operation{Service: "logs", Action: "logs:X", Answers: app.AnswerLimit{Pages: 50}}
	number := func(token *string) int { n, _ := strconv.Atoi(aws.ToString(token)); return n }
	next := func(n int) *string { return aws.String(strconv.Itoa(n)) }
	one := app.Page[int]{Items: []int{1}}
	for name, c := range map[string]struct {
		op    app.Operation
		call  Call[int]
		pages int // with the one beside the error
	}{
		"the same token and nothing": {listing, answers{"": {[]int{1}, "a", nil}, "a": {nil, "a", nil}}.call,
			sameToken + 2},
		"the same token and items": {listing, answers{"": {[]int{1}, "a", nil}, "a": {[]int{1}, "a", nil}}.call,
			sameToken + 2},
		"two tokens in turn": {listing,
			answers{"": {[]int{1}, "a", nil}, "a": {[]int{2}, "b", nil}, "b": {[]int{3}, "a", nil}}.call, 4},
		"five tokens in turn": {listing, func(_ context.Context, token *string) (app.Page[int], *string, error) {
			return one, next(number(token)%5 + 1), nil
		}, 7},
		"a cycle of tokens that come twice": {listing,
			answers{"": {[]int{1}, "a", nil}, "a": {[]int{2}, "b", nil}, "b": {nil, "b", nil}}.call, sameToken + 3},
		"empty pages": {listing, func(_ context.Context, token *string) (app.Page[int], *string, error) {
			return app.Page[int]{}, next(number(token) + 1), nil
		}, emptyPages + 1},
		"pages without an end": {few, func(_ context.Context, token *string) (app.Page[int], *string, error) {
			return one, next(number(token) + 1), nil
		}, few.Answers.Pages + 1},
	} {
		pages, items, failed := 0, 0, error(nil)
		for page, err := range Pages(t.Context(), c.op, c.call) {
			pages++
			items += len(page.Items)
			failed = err
		}
		if app.KindOf(failed) != app.Endless || pages != c.pages || items == 0 != (name == "empty pages") {
			t.Errorf("%s: %d pages with %d items, %v", name, pages, items, failed)
		}
	}
}

func TestARepeatedTokenIsAskedAgain(t *testing.T) {
	n := 0
	call := func(_ context.Context, token *string) (app.Page[int], *string, error) {
		if n++; n < sameToken {
			return app.Page[int]{}, aws.String("a"), nil
		}
		return app.Page[int]{Items: []int{1}}, nil, nil
	}
	var got []int
	for page, err := range Pages(t.Context(), listing, call) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page.Items...)
	}
	if len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestPagesEndWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got []int
	var last error
	for page, err := range Pages(ctx, listing, answers{"": {[]int{1}, "a", nil}, "a": {[]int{2}, "", nil}}.call) {
		got, last = append(got, page.Items...), err
		cancel()
	}
	if !errors.Is(last, context.Canceled) || len(got) != 1 {
		t.Errorf("%v, %v", got, last)
	}
}

func TestThenStopsAtTheFirstError(t *testing.T) {
	good := answers{"": {[]int{1}, "", nil}}
	bad := answers{"": {nil, "", errors.New("no")}}
	var got []int
	var last error
	for page, err := range Then(Pages(t.Context(), listing, good.call), Pages(t.Context(), listing, bad.call),
		Pages(t.Context(), listing, good.call)) {
		got, last = append(got, page.Items...), err
	}
	if len(got) != 1 || last == nil {
		t.Errorf("%v, %v", got, last)
	}
	for range Then(Pages(t.Context(), listing, good.call), Pages(t.Context(), listing, good.call)) {
		break // must not go on
	}
}
