package lane

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/views/phrase"
)

// amount is one value that a lane reads at an instant.
type amount struct {
	word  string // which one of several it is; "": there is one
	value float64
	unit  string
}

// differences says how values changed: "p99 0.4 s → 2.9 s (+2.5 s)"; "" where they cannot be compared.
func differences(before, after []amount) string {
	var said []string
	for _, b := range after {
		i := slices.IndexFunc(before, func(a amount) bool { return a.word == b.word })
		if i < 0 {
			continue
		}
		words := b.word
		if words != "" {
			words += " "
		}
		was := before[i].value
		words += phrase.Amount(was, b.unit) + " → " + phrase.Amount(b.value, b.unit)
		said = append(said, words+" ("+signed(b.value-was, b.unit)+")")
	}
	return strings.Join(said, " · ")
}

// signed is an amount with its sign.
func signed(v float64, unit string) string {
	switch {
	case v < 0:
		return "−" + phrase.Amount(-v, unit)
	case v > 0:
		return "+" + phrase.Amount(v, unit)
	}
	return "±0"
}
