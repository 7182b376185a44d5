package cache

import (
	"context"
	"errors"
	"testing"
)

func TestClaimIsForOne(t *testing.T) {
	d := openFile(t)
	release := must[func() error](t)(d.Claim(t.Context(), func() { t.Error("nobody is there to wait for") }))

	ctx, cancel := context.WithCancel(t.Context())
	if _, err := d.Claim(ctx, cancel); !errors.Is(err, context.Canceled) { // told that it waits, it gives up
		t.Fatalf("the second claim: %v", err)
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	again := must[func() error](t)(d.Claim(t.Context(), func() { t.Error("the claim was given back") }))
	if err := again(); err != nil {
		t.Fatal(err)
	}
}
