package alarms

import (
	"slices"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestAResourceThatNoAlarmWatches(t *testing.T) {
	shelf := drawertest.AlarmCache()
	s := drawertest.New(t, shelf, 900, Details(shelf))
	s.Session.Selected.Set(unwatched)
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	drawertest.Check(t, "unwatched", said,
		"Resource · eu-west-1 · 111122223333 checkout NOT WATCHED API Gateway No alarm watches any of its 3 metrics.",
		"WOULD TELL FIRST 5XXError The share of requests that ended in an error of the server.",
		"ITS METRICS 4XXError no datapoints 1 5XXError 8.1 % 2 Latency · prod no datapoints 3")
	s.Rune('2')
	if series, ok := s.Session.Selected.Now().(app.Series); !ok || series.Name != "5XXError" {
		t.Errorf("2 opens %+v", s.Session.Selected.Now())
	}
	s.Session.Selected.Set(unwatched)
	if s.Rune('h'); s.Session.Focus.Now().Resource != "checkout" || !slices.Equal(s.Visited, []string{"Timeline"}) {
		t.Errorf("h leads to %+v", s.Session.Focus.Now())
	}
}

func TestAnUnwatchedResourceWithoutDatapointsSaysSo(t *testing.T) {
	s := openEmpty(t)
	s.Session.Selected.Set(unwatched)
	drawertest.Check(t, "nothing cached", strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "),
		"The cache has no datapoints of it in this window.")
}
