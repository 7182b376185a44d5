package phrase

import (
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// Cents returns an estimate of money to the cent, such as what following costs in a month: $12.30, under $0.01. What
// was spent is written by app.Money itself, which has the places that a small bill needs.
func Cents(m app.Money) string {
	if m < app.Dollar/100 && m > 0 {
		return "under $0.01"
	}
	return fmt.Sprintf("$%.2f", float64(m)/float64(app.Dollar))
}
