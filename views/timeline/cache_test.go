package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/views/cachetest"
)

// TestTheScreenOnARealCache compares the screen on a real cache with the same on the fake.
func TestTheScreenOnARealCache(t *testing.T) {
	cache := cachetest.New(t, cachetest.Incident())
	real, made := open(t, cache, full, dark), open(t, incident(), full, dark)
	if diff := cmp.Diff(made.laneNames(), real.laneNames()); diff != "" {
		t.Errorf("lanes: %s", diff)
	}
	if made.title.words != real.title.words {
		t.Errorf("the title is %q, want %q", real.title.words, made.title.words)
	}
	if diff := cmp.Diff(made.session.Selected.Now(), real.session.Selected.Now()); diff != "" {
		t.Errorf("selected: %s", diff)
	}
}
