package terminal

import (
	"testing"
	"time"
	_ "time/tzdata" // Berlin, on machines without a zone database

	"pgregory.net/rapid"

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

func TestParseDuration(t *testing.T) {
	tests := []struct {
		text string
		want time.Duration // 0: refused
	}{
		{"24h", 24 * time.Hour},
		{"1d", 24 * time.Hour},
		{"1d12h", 36 * time.Hour},
		{"2w", 14 * 24 * time.Hour},
		{"1.5h", 90 * time.Minute},
		{"250ms", 250 * time.Millisecond},
		{"1m30s", 90 * time.Second},
		{"455d", longest},
		{"456d", 0},
		{"0s", 0},
		{"-1h", 0},
		{"1", 0},
		{"h", 0},
		{"", 0},
		{"1 h", 0},
		{"99999999999999999999999w", 0},
	}
	for _, test := range tests {
		got, err := parseDuration(test.text)
		if got != test.want || (err != nil) != (test.want == 0) {
			t.Errorf("parseDuration(%q) = %v, %v; want %v", test.text, got, err, test.want)
		}
	}
}

func TestParseTime(t *testing.T) {
	now := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	tests := []struct{ text, want string }{ // "": refused
		{"2026-05-03T10:00:00Z", "2026-05-03T10:00:00Z"},
		{"2026-05-03T10:00:00.25+02:00", "2026-05-03T08:00:00.25Z"},
		{"2026-05-03 10:00", "2026-05-03T08:00:00Z"}, // summer time
		{"2026-01-03 10:00:07", "2026-01-03T09:00:07Z"},
		{"2026-05-03T10:00", "2026-05-03T08:00:00Z"},
		{"2026-05-03", "2026-05-02T22:00:00Z"},
		{"2h ago", "2026-05-03T10:00:00Z"},
		{"1d12h ago", "2026-05-02T00:00:00Z"},
		{"now", "2026-05-03T12:00:00Z"},
		{"1969-12-31T00:00:00Z", ""},
		{"9999-01-01", ""},
		{"2026-02-30", ""},
		{"yesterday", ""},
		{"ago", ""},
		{"", ""},
	}
	for _, test := range tests {
		got, err := parseTime(test.text, now, berlin)
		if test.want == "" {
			if err == nil {
				t.Errorf("parseTime(%q) = %v; want an error", test.text, got)
			}
			continue
		}
		if err != nil || got.Format(time.RFC3339Nano) != test.want {
			t.Errorf("parseTime(%q) = %v, %v; want %s", test.text, got.Format(time.RFC3339Nano), err, test.want)
		}
	}
}

func TestWindow(t *testing.T) {
	now := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		window   window
		from, to time.Time // zero: refused
	}{
		{window{}, now.Add(-24 * time.Hour), now},
		{window{since: "1h"}, now.Add(-time.Hour), now},
		{window{since: "1h", to: "2h ago"}, now.Add(-3 * time.Hour), now.Add(-2 * time.Hour)},
		{window{from: "2026-05-03T10:00:00Z"}, now.Add(-2 * time.Hour), now},
		{window{from: "3h ago", to: "1h ago"}, now.Add(-3 * time.Hour), now.Add(-time.Hour)},
		{window{from: "1h ago", to: "1h ago"}, time.Time{}, time.Time{}},
		{window{from: "1980-01-01"}, time.Time{}, time.Time{}},
		{window{since: "soon"}, time.Time{}, time.Time{}},
	}
	for _, test := range tests {
		got, err := test.window.read(now, time.UTC)
		if refused := test.from.IsZero(); refused != (err != nil) {
			t.Errorf("%+v: error %v", test.window, err)
		} else if !refused && !got.Equal(app.Range{From: test.from, To: test.to}) {
			t.Errorf("%+v = %v; want %v to %v", test.window, got, test.from, test.to)
		}
	}
}

func TestShownTimesParseBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "at"), 0).UTC()
		for _, text := range []string{at.Format(time.RFC3339), at.Format(layouts[0]), at.Format(layouts[1])} {
			if got, err := parseTime(text, time.Time{}, time.UTC); err != nil || !got.Equal(at) {
				t.Fatalf("parseTime(%q) = %v, %v", text, got, err)
			}
		}
	})
}

func FuzzParseDuration(f *testing.F) {
	for _, seed := range []string{"24h", "1d12h", "2w", "1.5h", "0s", "-1h", "9e9h", "1d 2h"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := parseDuration(text)
		if err == nil && (d <= 0 || d > longest) {
			t.Errorf("parseDuration(%q) = %v, out of range without an error", text, d)
		}
		if err != nil && d != 0 {
			t.Errorf("parseDuration(%q) = %v beside the error %v", text, d, err)
		}
	})
}

func FuzzParseTime(f *testing.F) {
	for _, seed := range []string{"2026-05-03T10:00:00Z", "2026-05-03 10:00", "2h ago", "now", "0000-01-01", "2026-05-03T10:00:00+99:99"} {
		f.Add(seed)
	}
	now := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		at, err := parseTime(text, now, berlin)
		if err == nil && (at.Year() < 1969 || at.Year() > 2201 || at.Location() != time.UTC) {
			t.Errorf("parseTime(%q) = %v without an error", text, at)
		}
	})
}
