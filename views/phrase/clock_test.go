package phrase

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

var cet = time.FixedZone("CET", 3600)

func TestBetween(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC) }
	for _, test := range []struct {
		from, to time.Time
		want     string
	}{
		{at(14, 8, 12), at(14, 9, 12), "Today 09:12 – 10:12"},
		{at(13, 8, 0), at(13, 9, 0), "Yesterday 09:00 – 10:00"},
		{at(13, 21, 0), at(14, 9, 0), "Yesterday 22:00 – Today 10:00"},
		{at(13, 23, 30), at(14, 0, 30), "Today 00:30 – 01:30"}, // midnight is the zone's
		{at(1, 8, 0), at(2, 8, 0), "1 Mar 09:00 – 2 Mar 09:00"},
		{at(14, 8, 12), at(14, 8, 12).Add(30 * time.Second), "Today 09:12:00 – 09:12:30"},
		{time.Date(2025, 3, 14, 8, 0, 0, 0, time.UTC), time.Date(2025, 3, 14, 9, 0, 0, 0, time.UTC),
			"14 Mar 2025 09:00 – 10:00"},
	} {
		if got := Between(app.Range{From: test.from, To: test.to}, now, cet); got != test.want {
			t.Errorf("Between(%v, %v) = %q, want %q", test.from, test.to, got, test.want)
		}
	}
	if got := Moment(at(14, 8, 56), now, cet); got != "09:56" {
		t.Errorf("Moment of today is %q", got)
	}
	if got := Moment(at(13, 8, 56), now, cet); got != "yesterday 09:56" {
		t.Errorf("Moment of yesterday is %q", got)
	}
}
