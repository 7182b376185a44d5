package cache

import (
	"context"
	"errors"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestAScopeIsClaimedByOneAndNoOtherWaits(t *testing.T) {
	d := openFile(t)
	ireland, virginia := app.Scope{Account: "111122223333", Region: "eu-west-1"},
		app.Scope{Account: "111122223333", Region: "us-east-1"}
	free := func() { t.Error("nobody is there to wait for") }
	release := must[func() error](t)(d.ClaimScope(t.Context(), ireland, free))
	other := must[func() error](t)(d.ClaimScope(t.Context(), virginia, free))

	ctx, cancel := context.WithCancel(t.Context())
	// told that it waits, it gives up
	if _, err := d.ClaimScope(ctx, ireland, cancel); !errors.Is(err, context.Canceled) {
		t.Fatalf("the second claim: %v", err)
	}
	if err := errors.Join(release(), other()); err != nil {
		t.Fatal(err)
	}
	again := must[func() error](t)(d.ClaimScope(t.Context(), ireland, free))
	if err := again(); err != nil {
		t.Fatal(err)
	}

	// Who claims the whole file waits for every pull, and every pull for them.
	pulls := must[func() error](t)(d.ClaimScope(t.Context(), ireland, free))
	ctx, cancel = context.WithCancel(t.Context())
	if _, err := d.Claim(ctx, cancel); !errors.Is(err, context.Canceled) {
		t.Errorf("the whole file is claimed while a scope is pulled: %v", err)
	}
	if err := pulls(); err != nil {
		t.Fatal(err)
	}
	whole := must[func() error](t)(d.Claim(t.Context(), free))
	ctx, cancel = context.WithCancel(t.Context())
	if _, err := d.ClaimScope(ctx, virginia, cancel); !errors.Is(err, context.Canceled) {
		t.Errorf("a scope is pulled while the whole file is claimed: %v", err)
	}
	if err := whole(); err != nil {
		t.Fatal(err)
	}
}
