package shell

import (
	"slices"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestAResourceThatNoAlarmWatches(t *testing.T) {
	s := newDrawerStage(t, pageShelf(), 900, alarmDetails(pageShelf()))
	s.session.Selected.Set(unwatched)
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	check(t, "unwatched", said, "Resource · eu-west-1 · 111122223333 checkout NOT WATCHED API Gateway No alarm watches any of its 3 metrics.",
		"WOULD TELL FIRST 5XXError The share of requests that ended in an error of the server.", "ITS METRICS 4XXError no datapoints 1 5XXError 8.1 % 2 Latency · prod no datapoints 3")
	s.rune('2')
	if series, ok := s.session.Selected.Now().(app.Series); !ok || series.Name != "5XXError" {
		t.Errorf("2 opens %+v", s.session.Selected.Now())
	}
	s.session.Selected.Set(unwatched)
	if s.rune('h'); s.session.Focus.Now().Resource != "checkout" || !slices.Equal(s.visited, []string{"Timeline"}) {
		t.Errorf("h leads to %+v", s.session.Focus.Now())
	}
}

func TestAnUnwatchedResourceWithoutDatapointsSaysSo(t *testing.T) {
	s := newDrawerStage(t, &shelf{}, 900, alarmDetails(&shelf{}))
	s.session.Selected.Set(unwatched)
	check(t, "nothing cached", strings.ReplaceAll(words(s.drawer), "\n", " "), "The cache has no datapoints of it in this window.")
}
