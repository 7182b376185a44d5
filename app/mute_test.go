package app

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // Berlin, on machines without a zone database
)

// The examples are those of the CloudWatch API reference, Schedule, and what their words say.
func TestMuteSchedules(t *testing.T) {
	from := time.Date(2026, 3, 27, 0, 0, 0, 0, time.UTC) // a Friday; on Sunday the clock of Berlin leaves out an hour
	for _, c := range []struct {
		schedule, length, zone string
		want                   []string // from and length, within the four days
	}{
		{"cron(0 2 * * *)", "PT2H", "", []string{"27 02:00 2h", "28 02:00 2h", "29 02:00 2h", "30 02:00 2h"}},
		{"cron(0 2 * * SUN)", "PT4H", "UTC", []string{"29 02:00 4h"}},
		{"cron(0 2 * * 7)", "PT4H", "UTC", []string{"29 02:00 4h"}},
		{"cron(0 18 * * FRI)", "P2DT12H", "", []string{"27 18:00 60h"}},
		{"cron(0 18 * * FRI)", "P2DT12H", "Europe/Berlin", []string{"27 17:00 60h"}},
		// not on Sunday
		{"cron(30 2 * * *)", "PT1H", "Europe/Berlin", []string{"27 01:30 1h", "28 01:30 1h", "30 00:30 1h"}},
		{"cron(0,30 1-2 28 MAR *)", "PT10M", "",
			[]string{"28 01:00 10m", "28 01:30 10m", "28 02:00 10m", "28 02:30 10m"}},
		{"cron(0 0 26 3 *)", "PT36H", "", []string{"26 00:00 36h"}}, // it began before
		{"cron(0 0 * * *)", "P1D", "", []string{"27 00:00 96h"}},    // without a break
		{"at(2026-03-28T14:00)", "PT3H", "Europe/Berlin", []string{"28 13:00 3h"}},
		{"at(2026-05-10T14:00)", "PT3H", "", nil},
	} {
		m := Mute{Schedule: c.schedule, Length: c.length, Zone: c.zone}
		times, ok := m.Times(Range{from, from.Add(4 * 24 * time.Hour)})
		var got []string
		for _, r := range times {
			length := r.Length().String()
			got = append(got, r.From.Format("2 15:04 ")+shortLength(length))
		}
		if !ok || !slices.Equal(got, c.want) {
			t.Errorf("%s for %s in %q: %v, %v; want %v", c.schedule, c.length, c.zone, got, ok, c.want)
		}
	}
}

func shortLength(text string) string {
	for _, zeros := range []string{"0s", "0m"} {
		if n := len(text) - len(zeros); n > 0 && text[n:] == zeros && (text[n-1] == 'm' || text[n-1] == 'h') {
			text = text[:n]
		}
	}
	return text
}

func TestAScheduleThatCannotBeReadIsNotGuessed(t *testing.T) {
	at := time.Date(2026, 3, 27, 0, 0, 0, 0, time.UTC)
	for _, m := range []Mute{
		{Schedule: "cron(0 2 1 * SUN)", Length: "PT1H"}, // either day, or both? The reference does not say
		{Schedule: "cron(0 2 * *)", Length: "PT1H"}, {Schedule: "cron(61 2 * * *)", Length: "PT1H"},
		{Schedule: "rate(1 day)", Length: "PT1H"}, {Schedule: "cron(0 2 * * *)", Length: "P16D"},
		{Schedule: "cron(0 2 * * *)", Length: "PT1H", Zone: "Nowhere"}, {Schedule: "at(yesterday)", Length: "PT1H"}, {},
	} {
		if times, ok := m.Times(Range{at, at.Add(48 * time.Hour)}); ok {
			t.Errorf("%+v: %v", m, times)
		}
		m.Status = MuteScheduled
		_, scheduled := m.At(at)
		m.Status = MuteActive
		if during, active := m.At(at); !active || scheduled || !during.Empty() { // as AWS said of it
			t.Errorf("%+v: %v, %v, %v", m, during, active, scheduled)
		}
	}
}

func TestARuleMutesFromItsStartToItsExpiry(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	at := func(days, hours int) time.Time { return day.AddDate(0, 0, days).Add(time.Duration(hours) * time.Hour) }
	m := Mute{Name: "nightly", Schedule: "cron(0 22 * * *)", Length: "PT4H", Start: at(2, 0), Expire: at(4, 0)}
	a := Alarm{Mutes: []Mute{m, {Name: "never", Status: MuteExpired}}}
	want := []Range{{at(2, 22), at(3, 2)}, {at(3, 22), at(4, 0)}}
	if got := a.Muted(Range{day, at(9, 0)}); !slices.Equal(got, want) {
		t.Errorf("muted %v, want %v", got, want)
	}
	if by, during, muted := a.MutedAt(at(3, 1)); !muted || by.Name != "nightly" || during != want[0] {
		t.Errorf("%s %v %v", by.Name, during, muted)
	}
	if _, _, muted := a.MutedAt(at(3, 2)); muted {
		t.Error("it is muted beyond the end")
	}
	if next, ok := m.Next(at(3, 3)); !ok || next != want[1] {
		t.Errorf("next %v, %v", next, ok)
	}
	if next, ok := m.Next(at(4, 0)); ok {
		t.Errorf("after it has expired: %v", next)
	}
	yearly := Mute{Schedule: "cron(0 0 29 2 *)", Length: "PT1H"}
	if next, ok := yearly.Next(at(0, 0)); ok && next.From.Day() != 29 {
		t.Errorf("%v", next)
	}
}

func FuzzMuteSchedule(f *testing.F) {
	f.Add("cron(0 2 * * SUN)", "PT4H", "Europe/Berlin")
	f.Add("at(2026-03-28T14:00)", "P1DT2H3M", "")
	f.Fuzz(func(t *testing.T, schedule, length, zone string) {
		within := Range{time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC), time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)}
		times, _ := Mute{Schedule: schedule, Length: length, Zone: zone}.Times(within)
		for i, r := range times {
			if r.Intersect(within).Empty() || i > 0 && !times[i-1].To.Before(r.From) {
				t.Fatalf("%v of %v", r, times)
			}
		}
	})
}
