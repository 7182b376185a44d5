package terminal

import (
	"testing"
	"time"
	_ "time/tzdata" // Berlin, on machines without a zone database

	"github.com/nephograph/nephograph/app"
)

// berlin is a zone with a clock change.
var berlin = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	return zone
}()

func TestTimeRange(t *testing.T) {
	now := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		flags    timeRange
		from, to time.Time // zero: refused
	}{
		{timeRange{}, now.Add(-24 * time.Hour), now},
		{timeRange{since: "1h"}, now.Add(-time.Hour), now},
		{timeRange{since: "1h", to: "2h ago"}, now.Add(-3 * time.Hour), now.Add(-2 * time.Hour)},
		{timeRange{from: "2026-05-03T10:00:00Z"}, now.Add(-2 * time.Hour), now},
		{timeRange{from: "3h ago", to: "1h ago"}, now.Add(-3 * time.Hour), now.Add(-time.Hour)},
		{timeRange{from: "10:00", to: "yesterday 23:00"}, time.Time{}, time.Time{}},
		{timeRange{from: "yesterday 10:00", to: "11:00"}, now.Add(-26 * time.Hour), now.Add(-time.Hour)},
		{timeRange{since: "455d"}, now.Add(-longest), now},
		{timeRange{since: "456d"}, time.Time{}, time.Time{}},
		{timeRange{since: "99999999w"}, time.Time{}, time.Time{}},
		{timeRange{since: "0s"}, time.Time{}, time.Time{}},
		{timeRange{since: "-1h"}, time.Time{}, time.Time{}},
		{timeRange{to: "soon"}, time.Time{}, time.Time{}},
		{timeRange{from: "2026-05-04"}, time.Time{}, time.Time{}},
		{timeRange{from: "1h ago", to: "1h ago"}, time.Time{}, time.Time{}},
		{timeRange{from: "1980-01-01"}, time.Time{}, time.Time{}},
		{timeRange{since: "soon"}, time.Time{}, time.Time{}},
	}
	for _, test := range tests {
		got, err := test.flags.read(now, time.UTC)
		if refused := test.from.IsZero(); refused != (err != nil) {
			t.Errorf("%+v: error %v", test.flags, err)
		} else if !refused && !got.Equal(app.Range{From: test.from, To: test.to}) {
			t.Errorf("%+v = %v; want %v to %v", test.flags, got, test.from, test.to)
		}
	}
}
