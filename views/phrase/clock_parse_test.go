package phrase

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // Berlin, on machines without a zone database

	"pgregory.net/rapid"
)

// noon is when the tests of reading are: 13:00 in cet.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// berlin is a zone with a clock change: summer time begins on 29 March 2026.
func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestParseTime(t *testing.T) {
	for text, want := range map[string]string{
		"now":                          "2026-03-14T12:00:00Z",
		"2h ago":                       "2026-03-14T10:00:00Z",
		" 90 min ago ":                 "2026-03-14T10:30:00Z",
		"15m ago":                      "2026-03-14T11:45:00Z",
		"3 d ago":                      "2026-03-11T12:00:00Z",
		"1d12h ago":                    "2026-03-13T00:00:00Z",
		"0s ago":                       "2026-03-14T12:00:00Z",
		"2026-03-14T10:00:00Z":         "2026-03-14T10:00:00Z",
		"2026-03-14T10:00:00.25+02:00": "2026-03-14T08:00:00.25Z",
		"2026-03-14 09:58":             "2026-03-14T08:58:00Z",
		" 2026-03-14  09:58 ":          "2026-03-14T08:58:00Z",
		"2026-03-14 9:58":              "2026-03-14T08:58:00Z",
		"2026-03-14T09:58":             "2026-03-14T08:58:00Z",
		"2026-03-14T09:58:30":          "2026-03-14T08:58:30Z",
		"2026-03-14 09:58:30.250":      "2026-03-14T08:58:30.25Z",
		"2026-03-14":                   "2026-03-13T23:00:00Z",
		"2026-07-03 10:00":             "2026-07-03T08:00:00Z", // summer time, and ahead
		"14 Mar 2025 09:58":            "2025-03-14T08:58:00Z",
		"14 Mar 2025":                  "2025-03-13T23:00:00Z",
		"14 Mar 09:58":                 "2026-03-14T08:58:00Z",
		"14 mar 14:00":                 "2025-03-14T13:00:00Z", // this year's is still ahead
		"24 Dec":                       "2025-12-23T23:00:00Z",
		"29 Feb":                       "2024-02-28T23:00:00Z",
		"13:00":                        "2026-03-14T12:00:00Z",
		"12:59:30":                     "2026-03-14T11:59:30Z",
		"00:00":                        "2026-03-13T23:00:00Z",
		"13:01":                        "2026-03-13T12:01:00Z", // the last one that there was
		"today 09:58":                  "2026-03-14T08:58:00Z",
		"Today 23:00":                  "2026-03-14T22:00:00Z",
		"Yesterday 14:00":              "2026-03-13T13:00:00Z",
		"yesterday":                    "2026-03-12T23:00:00Z",
	} {
		got, err := ParseTime(text, noon, berlin(t))
		if err != nil || got.Format(time.RFC3339Nano) != want {
			t.Errorf("ParseTime(%q) = %v, %v; want %s", text, got.Format(time.RFC3339Nano), err, want)
		}
	}
	for text, want := range map[string]error{
		"": errTime, "ago": errTime, "h ago": errTime, "2 ago": errTime, "2h": errTime, "-2h ago": errTime,
		"2y ago":          errTime,
		"2026-3-14 09:58": errTime, "2026-02-30": errTime, "2026-03-14 24:00": errTime, "2026-03-14 09:58Z": errTime,
		"12:60": errTime,
		"12":    errTime, "12:00 ago": errTime, "tomorrow": errTime, "yesterday now": errTime, "30 Feb": errTime,
		"T":             errTime,
		"99999999w ago": errTime, "1969-12-31T00:00:00Z": errYear, "9999-01-01": errYear,
		"100w100w100w3000w ago": errYear,
	} {
		if got, err := ParseTime(text, noon, cet); err != want || !got.IsZero() {
			t.Errorf("ParseTime(%q) = %v, %v; want the error %q", text, got, err, want)
		}
	}
}

func TestParseTimeReadsWhatIsWritten(t *testing.T) {
	zone := berlin(t)
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_000_000_000, 4_000_000_000).Draw(t, "now"), 0)
		at := now.Add(-time.Duration(rapid.Int64Range(0, 400*24*3600).Draw(t, "seconds ago")) * time.Second)
		for name, text := range map[string]string{
			"RFC 3339": at.UTC().Format(time.RFC3339), "Stamp": Stamp(at, time.UTC),
			"StampMillis": StampMillis(at, time.UTC),
		} {
			if got, err := ParseTime(text, now, time.UTC); err != nil || !got.Equal(at) {
				t.Fatalf("%s: %q is read as %v, %v", name, text, got, err)
			}
		}
		text := Moment(at, now, zone)
		if got, err := ParseTime(text, now, zone); err != nil || Moment(got, now, zone) != text {
			t.Fatalf("Moment: %q is read as %v, %v", text, got, err)
		}
	})
}

// A time without a day is at most a day ago, by a clock that may have been put forward or back, and no time that is
// read is out of range.
func FuzzParseTime(f *testing.F) {
	for _, seed := range []string{"2026-03-14T10:00:00Z", "2026-03-14 09:58", "09:58", "23:59:59", "24:00", "١٢:00",
		"yesterday 14:00",
		"2h ago", "999w ago", "now", "é ago", "0000-01-01", "2026-03-14T10:00:00+99:99", "２０２６-03-14 09:58", "29 Feb",
		""} {
		f.Add(seed)
	}
	zone := berlin(f)
	f.Fuzz(func(t *testing.T, text string) {
		at, err := ParseTime(text, noon, zone)
		if err != nil {
			if !at.IsZero() {
				t.Errorf("%q is %v beside the error %v", text, at, err)
			}
			return
		}
		if at.Year() < 1970 || at.Year() > 2200 || at.Location() != time.UTC {
			t.Errorf("%q is %v", text, at)
		}
		if alone := strings.TrimSpace(text); !strings.ContainsAny(alone, " -") && strings.Contains(alone, ":") &&
			(at.After(noon) || noon.Sub(at) > 25*time.Hour) {
			t.Errorf("the clock %q is %v", text, at)
		}
	})
}

func TestParseRange(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     time.Duration
	}{{"2026-03-14 09:00", "2026-03-14 10:00", time.Hour}, {"2h ago", "now", 2 * time.Hour},
		{"12:00", "now", time.Hour},
		{"yesterday 13:00", "13:00", 24 * time.Hour}} {
		if r, err := ParseRange(test.from, test.to, noon, cet); err != nil || r.Length() != test.want {
			t.Errorf("from %q to %q is %v, %v", test.from, test.to, r, err)
		}
	}
	const soon, at = "2026-03-14 09:00", "2026-03-14 10:00"
	for want, ends := range map[string][2]string{
		"from: write a time": {"x", at}, "to: write a time": {at, "x"}, "the end must be later": {at, soon},
		"the end must be later than the start": {at, at}, "to: the year has to be": {at, "3000-01-01"},
	} {
		if r, err := ParseRange(ends[0], ends[1], noon, cet); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("ParseRange(%q, %q) = %v, %v; want an error that begins %q", ends[0], ends[1], r, err, want)
		}
	}
}

func TestParseMonth(t *testing.T) {
	r, err := ParseMonth("2026-11")
	if err != nil || Stamp(r.From, time.UTC) != "2026-11-01 00:00:00" ||
		Stamp(r.To, time.UTC) != "2026-12-01 00:00:00" {
		t.Errorf("2026-11 is %v, %v", r, err)
	}
	if got := Month(r.From); got != "November 2026" {
		t.Errorf("it is called %q", got)
	}
	for _, text := range []string{"", "11", "2026", "2026-13", "2026-11-01", "Nov 2026", "1969-12", "2201-01",
		" 2026-11"} {
		if r, err := ParseMonth(text); err == nil {
			t.Errorf("%q is %v", text, r)
		}
	}
}
