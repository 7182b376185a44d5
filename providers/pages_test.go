package providers

import (
	"context"
	"errors"
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
	got, pages, err := collect(t.Context(), answers{"": {[]int{1}, "a", nil}, "a": {nil, "b", nil}, "b": {[]int{2, 3}, "", nil}})
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

func TestAStuckTokenEnds(t *testing.T) {
	got, pages, err := collect(t.Context(), answers{"": {[]int{1}, "a", nil}, "a": {nil, "a", nil}})
	var failed *app.Error
	if !errors.As(err, &failed) || failed.Kind != app.Unknown || pages != sameToken+2 || len(got) != 1 {
		t.Errorf("%v, %d pages, %v", got, pages, err)
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
	for page, err := range Then(Pages(t.Context(), listing, good.call), Pages(t.Context(), listing, bad.call), Pages(t.Context(), listing, good.call)) {
		got, last = append(got, page.Items...), err
	}
	if len(got) != 1 || last == nil {
		t.Errorf("%v, %v", got, last)
	}
	for range Then(Pages(t.Context(), listing, good.call), Pages(t.Context(), listing, good.call)) {
		break // must not go on
	}
}
