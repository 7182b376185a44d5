package chart

import (
	"math"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

func drawAxis(t *rapid.T) Axis {
	from := time.Unix(rapid.Int64Range(1_500_000_000, 2_000_000_000).Draw(t, "from"), 0).UTC()
	length := time.Duration(rapid.Int64Range(int64(10*time.Second), int64(455*day)).Draw(t, "length"))
	return Axis{app.Range{From: from, To: from.Add(length)}, rapid.Float32Range(100, 4000).Draw(t, "width")}
}

func TestAxisGoesThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawAxis(t)
		part := rapid.Float64Range(-1, 2).Draw(t, "part")
		at := a.At(part)
		if got := a.Part(at); math.Abs(got-part) > 1e-9 {
			t.Fatalf("part %v is at %v, which is at part %v", part, at, got)
		}
		// float32 keeps 24 bits: a four-thousandth of a pixel at 4,000 pixels.
		if off := a.Time(a.X(at)).Sub(at).Abs(); off > a.Wide(0.001) {
			t.Fatalf("%v comes back %v off", at, off)
		}
		if x := a.X(a.Range.To); math.Abs(float64(x-a.Width)) > 1e-3 {
			t.Fatalf("the axis ends at %v, not at its width %v", x, a.Width)
		}
	})
}

func TestAxisWithoutWidthOrRange(t *testing.T) {
	from := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	narrow := Axis{Range: app.Range{From: from, To: from.Add(time.Hour)}}
	if got := narrow.Time(12); !got.Equal(from) {
		t.Errorf("an axis without width answers %v", got)
	}
	if ticks := narrow.Ticks(time.UTC, 60); ticks != nil {
		t.Errorf("an axis without width has ticks %v", ticks)
	}
	if part := (Axis{Width: 100}).Part(from); part != 0 {
		t.Errorf("an axis without range answers %v", part)
	}
}

func TestTicks(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := func(d int, clock string) time.Time {
		at, err := time.ParseInLocation("15:04:05", clock, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		return time.Date(2026, 10, d, at.Hour(), at.Minute(), at.Second(), 0, berlin)
	}
	for _, c := range []struct {
		name     string
		from, to time.Time
		width    float32
		want     []string
	}{
		{"five minutes in an hour", day(20, "09:12:00"), day(20, "10:12:00"), 806,
			[]string{"09:15", "09:20", "09:25", "09:30", "09:35", "09:40", "09:45", "09:50", "09:55", "10:00", "10:05",
				"10:10"}},
		{"seconds", day(20, "09:12:00"), day(20, "09:12:30"), 400,
			[]string{"09:12:00", "09:12:05", "09:12:10", "09:12:15", "09:12:20", "09:12:25"}},
		{"a date where the day begins", day(20, "22:00:00"), day(21, "02:00:00"), 300,
			[]string{"22:00", "23:00", "21 Oct", "01:00"}},
		{"the hour that is there twice in autumn", day(25, "00:00:00"), day(25, "06:00:00"), 420,
			[]string{"25 Oct", "01:00", "02:00", "03:00", "04:00", "05:00"}},
		{"both of its half hours", day(25, "01:30:00"), day(25, "03:30:00"), 780,
			[]string{"01:30", "01:45", "02:00", "02:15", "02:30", "02:45", "02:00", "02:15", "02:30", "02:45", "03:00",
				"03:15"}},
		{"the hour that summer leaves out", time.Date(2026, 3, 29, 0, 0, 0, 0, berlin),
			time.Date(2026, 3, 29, 5, 0, 0, 0, berlin), 300, []string{"29 Mar", "01:00", "03:00", "04:00"}},
		{"six hours over the change", time.Date(2026, 10, 24, 12, 0, 0, 0, berlin),
			time.Date(2026, 10, 26, 1, 0, 0, 0, berlin), 400,
			[]string{"12:00", "18:00", "25 Oct", "06:00", "12:00", "18:00", "26 Oct"}},
		{"weeks begin on Mondays", day(1, "00:00:00"), day(30, "00:00:00"), 300,
			[]string{"5 Oct", "12 Oct", "19 Oct", "26 Oct"}},
		{"months", time.Date(2026, 1, 10, 0, 0, 0, 0, berlin), time.Date(2026, 12, 1, 0, 0, 0, 0, berlin), 300,
			[]string{"Apr 2026", "Jul 2026", "Oct 2026"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, k := range (Axis{app.Range{From: c.from, To: c.to}, c.width}).Ticks(berlin, 60) {
				got = append(got, k.Label)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTicksKeepTheirDistance(t *testing.T) {
	zones := []string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe",
		"America/Sao_Paulo"}
	rapid.Check(t, func(t *rapid.T) {
		a := drawAxis(t)
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		const gap = 60
		ticks := a.Ticks(zone, gap)
		for i, k := range ticks {
			if !a.Range.Contains(k.At) {
				t.Fatalf("tick %v lies outside", k.At)
			}
			// A change of the clocks brings two ticks up to an hour nearer; February brings months nearer.
			if i > 0 && a.X(k.At)-a.X(ticks[i-1].At) < gap*0.9-a.X(a.Range.From.Add(time.Hour)) {
				t.Fatalf("ticks at %v and %v are too close", ticks[i-1].At, k.At)
			}
		}
		if len(ticks) > int(a.Width/gap)+3 {
			t.Fatalf("%d ticks on %v pixels", len(ticks), a.Width)
		}
	})
}
