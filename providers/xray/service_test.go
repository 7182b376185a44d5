package xray

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// serviceAbove is what nameServices does, in the plainest way.
func serviceAbove(spans []app.Span, i int) string {
	above := spans[i]
	for range spans {
		if above.Service != "" {
			return above.Service
		}
		found := false
		for _, s := range spans {
			if s.ID == above.Parent {
				above, found = s, true
				break
			}
		}
		if !found {
			break
		}
	}
	if above.Service != "" {
		return above.Service
	}
	return spans[i].Name
}

func TestServicesAreThoseOfTheNearestSpanAbove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "spans")
		spans := make([]app.Span, n)
		for i := range spans { // rings, spans that are their own parents, and parents that are missing among them
			spans[i] = app.Span{
				ID: strconv.Itoa(i), Name: "n" + strconv.Itoa(i),
				Parent:  strconv.Itoa(rapid.IntRange(0, n).Draw(t, "parent")),
				Service: rapid.SampledFrom([]string{"", "", "", "a", "b"}).Draw(t, "service"),
			}
		}
		want := make([]string, n)
		for i := range spans {
			want[i] = serviceAbove(spans, i)
		}
		nameServices(spans)
		for i, s := range spans {
			if s.Service != want[i] {
				t.Fatalf("%d has %q, want %q: %+v", i, s.Service, want[i], spans)
			}
		}
	})
}
