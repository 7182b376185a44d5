package phrase

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestAStateIsToldAsOfWhenItWasSeen(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	since := ago(time.Hour)
	for name, c := range map[string]struct {
		seen, gone time.Time
		want       time.Time
		late       bool
	}{
		"just now":          {seen: now, want: now},
		"lately":            {seen: ago(Late), want: now},
		"long ago":          {seen: ago(20 * time.Minute), want: ago(20 * time.Minute), late: true},
		"by a clock ahead":  {seen: now.Add(time.Hour), want: now},
		"never":             {want: since, late: true},
		"and then deleted":  {seen: now, gone: ago(30 * time.Minute), want: ago(30 * time.Minute)},
		"deleted, long ago": {seen: ago(20 * time.Minute), gone: ago(30 * time.Minute), want: ago(30 * time.Minute)},
	} {
		a := app.Alarm{State: app.InAlarm, Since: since, Seen: c.seen, Gone: c.gone}
		if got := AsOf(a, now); !got.Equal(c.want) || SeenLate(a, now) != c.late {
			t.Errorf("%s: as of %v, late %v", name, got, SeenLate(a, now))
		}
	}
}
