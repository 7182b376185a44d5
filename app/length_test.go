package app

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseLength(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"90s": 90 * time.Second, "15m": 15 * time.Minute, "24h": day, "30d": 30 * day, "2w": 14 * day,
		"1h30m": 90 * time.Minute, "1d12h": 36 * time.Hour, "1m30s": 90 * time.Second, "1.5h": 90 * time.Minute,
		"250ms": 250 * time.Millisecond, "20µs": 20 * time.Microsecond, "20us": 20 * time.Microsecond, "0s": 0,
		"3h0m0s": 3 * time.Hour, "0.000000001s": 1, "0.1ms": 100 * time.Microsecond,
		"8 min 12 s": 8*time.Minute + 12*time.Second, " 2 d 5 h ": 53 * time.Hour, "450 ms": 450 * time.Millisecond,
		"1 w":                   7 * day,
		"9223372036.854775807s": math.MaxInt64,
	} {
		got, err := ParseLength(text)
		if err != nil || got != want {
			t.Errorf("ParseLength(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                         `"" is not a length of time such as 90s, 15m, 24h or 30d`,
		"1":                        "not a length of time",
		"h":                        "not a length of time",
		"-1h":                      "not a length of time",
		"1y":                       "not a length of time",
		"1h-":                      "not a length of time",
		"1,5h":                     "not a length of time",
		".5h":                      "not a length of time",
		"1H":                       "not a length of time",
		"1h 30":                    "not a length of time",
		"1e3s":                     "not a length of time",
		"1.0000000001h":            "not a length of time",
		"٣h":                       "not a length of time",
		"99999999w":                `"99999999w" is too long: a length of time is at most 292 years`,
		"99999999999999999999999h": "too long",
		"9223372036.854775808s":    "too long",
		"15250w 2w":                "too long",
	} {
		if got, err := ParseLength(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseLength(%q) = %v, %v; want an error with %q", text, got, err, want)
		}
	}
}

func TestParseLengthReadsWhatGoWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Min(0).Draw(t, "d"))
		if got, err := ParseLength(d.String()); err != nil || got != d {
			t.Fatalf("%v is read as %v, %v", d, got, err)
		}
	})
}

func FuzzParseLength(f *testing.F) {
	for _, seed := range []string{"24h", "1d12h", "2w", "1.5h", "0s", "-1h", "9e9h", "1d 2h", "8 min 12 s"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, err := ParseLength(text); d < 0 || err != nil && d != 0 {
			t.Errorf("ParseLength(%q) = %v, %v", text, d, err)
		}
	})
}
