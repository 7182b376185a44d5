package logs

import (
	"fmt"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// saidOfFacets writes facets as text.
func saidOfFacets(totals []app.LogTotal, events []app.LogEvent) string {
	said := ""
	for _, f := range facetsOf(totals, events) {
		said += f.Title + ":"
		for _, v := range f.Values {
			said += fmt.Sprintf(" %s=%d", v.Term, v.Count)
		}
		if f.More > 0 {
			said += fmt.Sprintf(" and %d", f.More)
		}
		said += "\n"
	}
	return said
}

func TestFacetsOf(t *testing.T) {
	var events []app.LogEvent
	for i := range 40 {
		events = append(events, app.LogEvent{LogFacts: app.LogFacts{RequestID: fmt.Sprint("r-", i/10)},
			Message: fmt.Sprintf(
				`{"level":"INFO","status":%d,"requestId":"r-%d","took":%d,"code":"a b","nested":{"a":1}}`,
				200+300*(i%2),
				i/10, i)})
	}
	totals := []app.LogTotal{
		{Group: "/a", Counts: [app.LevelError + 1]int{app.LevelError: 3, app.LevelNone: 2}},
		{Group: "b", Counts: [app.LevelError + 1]int{app.LevelWarn: 9}},
	}
	const want = "Level: level:error=3 level:warn=9\nGroup: group:b=9 group:\"/a\"=5\nstatus: status:200=20 " +
		"status:500=20\n"
	if got := saidOfFacets(totals, events); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got := saidOfFacets(nil, nil); got != "" {
		t.Errorf("of nothing: %s", got)
	}
}
