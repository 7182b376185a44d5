package phrase

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAmount(t *testing.T) {
	for _, test := range []struct {
		v    float64
		unit string
		want string
	}{
		{0, "", "0"}, {0.71, "", "0.71"}, {8.1, "Percent", "8.1 %"}, {12, "Percent", "12 %"},
		{384, "Count/Second", "384/s"},
		{999.4, "Count", "999"}, {999.6, "Count", "1k"}, {1234, "Count", "1.2k"}, {45_678, "Count", "46k"},
		{3.4e6, "", "3.4M"}, {-1500, "", "-1.5k"},
		{0.0031, "", "0.0031"}, {2.9, "Seconds", "2.9 s"}, {4, "Seconds", "4 s"}, {710, "Milliseconds", "710 ms"},
		{45, "Milliseconds", "45 ms"}, {250, "Microseconds", "250 µs"}, {492, "Seconds", "8 min 12 s"},
		{900, "Seconds", "15 min"},
		{0, "Seconds", "0 s"}, {812e6, "Bytes", "812 MB"}, {1.5, "Gigabytes", "1.5 GB"}, {12, "Bytes", "12 B"},
		{1.2e6, "Bytes/Second", "1.2 MB/s"},
		{5, "Megabits/Second", "5 Mbit/s"}, {7, "Furlongs", "7"}, {math.NaN(), "Seconds", "–"},
		{math.Inf(1), "Bytes", "–"},
	} {
		if got := Amount(test.v, test.unit); got != test.want {
			t.Errorf("Amount(%v, %q) = %q, want %q", test.v, test.unit, got, test.want)
		}
	}
}

func TestNumbersStayShort(t *testing.T) {
	for _, v := range []float64{math.MaxFloat64, -math.MaxFloat64, 1e308, 1e21, 1e18, 9.99e17, 1e-300,
		math.SmallestNonzeroFloat64} {
		for _, unit := range []string{"", "Seconds", "Microseconds", "Bytes", "Terabits/Second", "Percent", "Count"} {
			if got, exact := Amount(v, unit), ExactAmount(v, unit); len(got) > 16 || len(exact) > 32 {
				t.Errorf("%g %s is %q, exactly %q", v, unit, got, exact)
			}
		}
	}
}

func TestExactAmountKeepsEveryFigure(t *testing.T) {
	for _, test := range []struct {
		v    float64
		unit string
		want string
	}{
		{1e308, "", "1e+308"}, {-1e308, "Bytes", "-1e+308 B"}, {1.5e-7, "", "1.5e-07"}, {1e308, "Percent", "1e+308 %"},
		{123456789012345678, "", "123456789012345680"},
		{1234.5, "", "1234.5"}, {4096, "Count", "4,096"}, {180, "Seconds", "3 min"}, {4250, "Milliseconds", "4.25 s"},
		{0.95, "Percent", "0.95 %"},
	} {
		if got := ExactAmount(test.v, test.unit); got != test.want {
			t.Errorf("ExactAmount(%v, %q) = %q, want %q", test.v, test.unit, got, test.want)
		}
	}
}

func TestDurations(t *testing.T) {
	day := 24 * time.Hour
	for _, test := range []struct {
		d                    time.Duration
		full, age, wide, whl string
	}{
		{0, "0 s", "now", "0 s", "0 s"}, {40 * time.Second, "40 s", "40 s", "40 s", "40 s"},
		{45 * time.Millisecond, "45 ms", "now", "45 ms", "0 s"},
		{7*time.Minute + 12*time.Second, "7 min 12 s", "7 min", "7 min 12 s", "7 min"},
		{3 * time.Hour, "3 h", "3 h", "3 h", "3 h"},
		{2*day + 5*time.Hour + time.Minute, "2 d 5 h", "2 d", "2 d 5 h", "2 d 5 h"},
		{day + 5*time.Minute, "1 d", "1 d", "1 d", "1 d"}, {7 * day, "7 d", "7 d", "1 w", "7 d"},
		{15 * time.Minute, "15 min", "15 min", "15 min", "15 min"},
		{59*time.Second + 900*time.Millisecond, "1 min", "59 s", "1 min", "59 s"},
		{-time.Minute, "-1 min", "now", "-1 min", "-1 min"},
	} {
		if got := Duration(test.d); got != test.full {
			t.Errorf("Duration(%v) = %q, want %q", test.d, got, test.full)
		}
		if got := Age(test.d); got != test.age {
			t.Errorf("Age(%v) = %q, want %q", test.d, got, test.age)
		}
		if got := Window(test.d); got != test.wide {
			t.Errorf("Window(%v) = %q, want %q", test.d, got, test.wide)
		}
		if got := Lasting(test.d); got != test.whl {
			t.Errorf("Lasting(%v) = %q, want %q", test.d, got, test.whl)
		}
	}
}

// A number that is read at a glance has no more than five characters and a sign and a letter, whatever it is.
func TestNumberIsShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e17, 1e17).Draw(t, "v")
		if text := Number(v); len(text) > 9 || text == "" {
			t.Fatalf("Number(%v) = %q", v, text)
		}
	})
}

func TestShare(t *testing.T) {
	for part, want := range map[float64]string{0: "0 %", 0.0004: "under 0.1 %", 0.024: "2.4 %", 0.0994: "9.9 %",
		0.0996: "10 %", 0.61: "61 %", 1: "100 %"} {
		if got := Share(part); got != want {
			t.Errorf("Share(%v) = %q, want %q", part, got, want)
		}
	}
}
