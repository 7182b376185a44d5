package app_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestMoney(t *testing.T) {
	for amount, want := range map[app.Money]string{
		0:                       "$0.00",
		500:                     "<$0.0001",
		app.Dollar / 10_000:     "$0.0001",
		1_200_000:               "$0.0012",
		app.Dollar / 100:        "$0.0100",
		app.Dollar * 112 / 100:  "$1.12",
		app.Dollar * 1234:       "$1234.00",
		-app.Dollar * 112 / 100: "-$1.12",
		-1_200_000:              "-$0.0012",
	} {
		if got := amount.String(); got != want {
			t.Errorf("%d is %s, want %s", int64(amount), got, want)
		}
	}
}

func TestKindOf(t *testing.T) {
	denied := &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("not allowed")}
	wrapped := fmt.Errorf("log group orders: %w", denied)
	if app.KindOf(wrapped) != app.Denied || app.KindOf(errors.New("plain")) != app.Unknown ||
		app.KindOf(nil) != app.Unknown {
		t.Error("the kind is that of the first Error in the chain")
	}
	if !errors.Is(wrapped, denied.Err) || denied.Error() != "logs:FilterLogEvents: not allowed" {
		t.Errorf("%v", denied)
	}
	seen := map[string]app.Kind{}
	for k := app.Unknown; k <= app.Skewed; k++ {
		if other, ok := seen[k.String()]; ok {
			t.Errorf("kinds %d and %d are both called %s", k, other, k)
		}
		seen[k.String()] = k
	}
	if app.Kind(99).String() != app.Unknown.String() {
		t.Error("a kind that is none")
	}
}
