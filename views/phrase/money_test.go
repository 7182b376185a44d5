package phrase

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestCents(t *testing.T) {
	for m, want := range map[app.Money]string{0: "$0.00", 1: "under $0.01", app.Dollar/100 - 1: "under $0.01",
		app.Dollar / 100: "$0.01",
		12_304_000_000:   "$12.30", 1_234 * app.Dollar: "$1234.00"} {
		if got := Cents(m); got != want {
			t.Errorf("Cents(%d) = %q, want %q", m, got, want)
		}
	}
}
