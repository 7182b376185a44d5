package phrase

import (
	"testing"

	"github.com/nephograph/nephograph/app/related"
)

func TestTallySays(t *testing.T) {
	for _, test := range []struct {
		tally related.Count
		want  string
	}{
		{related.Count{}, "not known"}, {related.Count{N: 0, Completeness: related.NotPulled}, "not pulled"},
		{related.Count{N: 3, Completeness: related.NotPulled}, "3 in part"},
		{related.Count{N: 129, Completeness: related.Partial}, "129 in part"},
		{related.Count{N: 0, Completeness: related.Complete}, "0"},
		{related.Count{N: 2390, Completeness: related.Complete}, "2,390"},
	} {
		if got := CountText(test.tally); got != test.want {
			t.Errorf("%+v says %q, want %q", test.tally, got, test.want)
		}
	}
}
