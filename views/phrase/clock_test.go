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
		{time.Date(2025, 3, 14, 8, 0, 0, 0, time.UTC), time.Date(2025, 3, 14, 9, 0, 0, 0, time.UTC), "14 Mar 2025 09:00 – 10:00"},
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

func TestParseTime(t *testing.T) {
	want := time.Date(2026, 3, 14, 8, 58, 0, 0, time.UTC)
	for _, text := range []string{"2026-03-14 09:58", " 2026-03-14  09:58 ", "2026-03-14T09:58:00", "2026-03-14 09:58:00"} {
		if got, err := ParseTime(text, cet); err != nil || !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("ParseTime(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "09:58", "2026-3-14 9:58", "2026-02-30 09:58", "2026-03-14 24:00", "2026-03-14 09:58:00.5", "2026-03-14 09:58Z", "tomorrow"} {
		if got, err := ParseTime(text, cet); err == nil {
			t.Errorf("ParseTime(%q) = %v, want an error", text, got)
		}
	}
}

// noon is when the tests of ParseAgo and ParseRange are.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func TestParseAgo(t *testing.T) {
	for text, want := range map[string]time.Duration{"2h ago": 2 * time.Hour, " 90 min ago ": 90 * time.Minute, "15m ago": 15 * time.Minute, "3 d ago": 72 * time.Hour, "0s ago": 0, "now": 0} {
		if got, ok := ParseAgo(text, noon.In(cet)); !ok || !got.Equal(noon.Add(-want)) || got.Location() != time.UTC {
			t.Errorf("ParseAgo(%q) = %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "ago", "h ago", "2 ago", "2h", "-2h ago", "2y ago", "1000d ago", "1h30m ago", "2026-03-14 09:58"} {
		if got, ok := ParseAgo(text, noon); ok {
			t.Errorf("ParseAgo(%q) = %v", text, got)
		}
	}
	if r, err := ParseRange("2h ago", "now", noon, cet); err != nil || r.Length() != 2*time.Hour || !r.To.Equal(noon) {
		t.Errorf("got %v, %v", r, err)
	}
}

// What is read as ago is never ahead of now, nor further back than the greatest number of weeks.
func FuzzParseAgo(f *testing.F) {
	for _, seed := range []string{"2h ago", "999w ago", "now", "ago", "9999999999999999999d ago", "é ago"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at, ok := ParseAgo(text, noon); ok && (at.After(noon) || noon.Sub(at) > maxAgo*7*24*time.Hour) {
			t.Errorf("%q is %v", text, at)
		}
	})
}

// A clock's time is the last one there was: today's, or yesterday's while today's is ahead.
func TestParseClock(t *testing.T) {
	for text, want := range map[string]time.Time{
		"13:00": noon, "12:59:30": noon.Add(-30 * time.Second), " 00:00 ": time.Date(2026, 3, 13, 23, 0, 0, 0, time.UTC), "13:01": noon.Add(time.Minute - 24*time.Hour),
	} { // noon is 13:00 there
		if got, ok := ParseClock(text, noon, cet); !ok || !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("ParseClock(%q) = %v, %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "9:58", "24:00", "12:60", "12", "12:00 ago", "2026-03-14 09:58"} {
		if got, ok := ParseClock(text, noon, cet); ok {
			t.Errorf("ParseClock(%q) = %v", text, got)
		}
	}
	if r, err := ParseRange("12:00", "now", noon, cet); err != nil || r.Length() != time.Hour {
		t.Errorf("got %v, %v", r, err)
	}
}

// What is read as a clock's time is at most a day ago, by a clock that may have been put forward or back.
func FuzzParseClock(f *testing.F) {
	for _, seed := range []string{"09:58", "23:59:59", "24:00", "١٢:00", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if at, ok := ParseClock(text, noon, cet); ok && (at.After(noon) || noon.Sub(at) > 25*time.Hour) {
			t.Errorf("%q is %v", text, at)
		}
	})
}

func TestParseRange(t *testing.T) {
	r, err := ParseRange("2026-03-14 09:00", "2026-03-14 10:00", noon, cet)
	if err != nil || r.Length() != time.Hour {
		t.Errorf("got %v, %v", r, err)
	}
	for _, ends := range [][2]string{{"x", "2026-03-14 10:00"}, {"2026-03-14 10:00", "x"}, {"2026-03-14 10:00", "2026-03-14 10:00"}, {"2026-03-14 10:00", "2026-03-14 09:00"}} {
		if _, err := ParseRange(ends[0], ends[1], noon, cet); err == nil {
			t.Errorf("ParseRange(%q, %q) has no error", ends[0], ends[1])
		}
	}
}

// What is read is written as the same text, and what is written is read as the same instant.
func FuzzParseTime(f *testing.F) {
	for _, seed := range []string{"2026-03-14 09:58", "2026-03-14T09:58:30", "0001-01-01 00:00", "9999-12-31 23:59:59", "２０２６-03-14 09:58", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := ParseTime(text, cet)
		if err != nil {
			return
		}
		again, err := ParseTime(Stamp(at, cet), cet)
		if err != nil || !again.Equal(at) {
			t.Errorf("%q is %v, which is written %q and read as %v, %v", text, at, Stamp(at, cet), again, err)
		}
	})
}
