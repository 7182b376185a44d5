package block

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIDRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.OneOf(rapid.StringMatching(`[0-9]{56}`), rapid.StringMatching(`0{19}[0-9]{37}`),
			rapid.Just(strings.Repeat("9", idDigits)),
			rapid.Just(strings.Repeat("0", idDigits))).Draw(t, "id")
		packed, ok := packID(nil, id)
		if !ok || len(packed) != idBytes || string(unpackID(packed)) != id {
			t.Fatalf("%s is packed as %x, %t, and read as %s", id, packed, ok, unpackID(packed))
		}
	})
	for _, odd := range []string{"", "12", strings.Repeat("1", 55), strings.Repeat("1", 57),
		strings.Repeat("1", 55) + "a", "-" + strings.Repeat("1", 55), strings.Repeat("１", 56)} {
		if _, ok := packID(nil, odd); ok {
			t.Errorf("%q is packed", odd)
		}
	}
}
