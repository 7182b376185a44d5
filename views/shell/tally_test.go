package shell

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestReachOf(t *testing.T) {
	within := app.Since(now, time.Hour)
	cover := func(place app.Scope, group string, from, to time.Duration, cut bool) app.Cover {
		return app.Cover{Scope: place, Signal: app.Logs, Resource: group, Range: app.Range{From: ago(from), To: ago(to)}, AskedAt: now, Truncated: cut}
	}
	h, m := time.Hour, time.Minute
	for _, test := range []struct {
		name   string
		places []app.Scope
		covers []app.Cover
		want   reach
	}{
		{"never asked", []app.Scope{ireland}, nil, notPulled},
		{"another time", []app.Scope{ireland}, []app.Cover{cover(ireland, "", 9*h, 5*h, false)}, notPulled},
		{"another place", []app.Scope{ireland}, []app.Cover{cover(data, "", h, 0, false)}, notPulled},
		{"all of it, settling", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 0, false)}, whole},
		{"all but the last minutes", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 2*m, false)}, whole},
		{"half of it", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 30*m, false)}, inPart},
		{"a limit was reached", []app.Scope{ireland}, []app.Cover{cover(ireland, "", h, 0, true)}, inPart},
		{"one of two places", []app.Scope{ireland, data}, []app.Cover{cover(ireland, "", h, 0, false)}, inPart},
		{"its group, though not another", []app.Scope{ireland}, []app.Cover{cover(ireland, "/aws/lambda/checkout", h, 0, false), cover(ireland, "/aws/lambda/mail", h, 50*m, false)}, whole},
		{"another group, though not its", []app.Scope{ireland}, []app.Cover{cover(ireland, "/aws/lambda/checkout", h, 50*m, false), cover(ireland, "/aws/lambda/mail", h, 0, false)}, inPart},
	} {
		if got := reachOf(within, test.places, "checkout", test.covers); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func TestTallySays(t *testing.T) {
	for _, test := range []struct {
		tally tally
		want  string
	}{
		{tally{}, "not known"}, {tally{0, notPulled}, "not pulled"}, {tally{3, notPulled}, "3 in part"},
		{tally{129, inPart}, "129 in part"}, {tally{0, whole}, "0"}, {tally{2390, whole}, "2,390"},
	} {
		if got := countText(test.tally); got != test.want {
			t.Errorf("%+v says %q, want %q", test.tally, got, test.want)
		}
	}
}

func TestAlarmTellsWhatWasNeverPulled(t *testing.T) {
	shelf := fullShelf()
	shelf.counts, shelf.latencies, shelf.trail = nil, nil, shelf.trail[:1]
	shelf.covers = []app.Cover{
		{Scope: ireland, Signal: app.Alarms, Range: app.Since(now, 24*time.Hour), AskedAt: now},
		{Scope: ireland, Signal: app.Trail, Range: app.Since(now, 24*time.Hour), AskedAt: now}, // not of the other places
	}
	s := newStage(t, shelf, 1440, 900, false)
	s.session.Selected.Set(checkout)
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	if n := strings.Count(said, "not pulled"); n != 2 {
		t.Errorf("%d counts are not pulled, want those of traces and logs: %s", n, said)
	}
	if !strings.Contains(said, "1 in part") {
		t.Errorf("changes of one place of three are not in part: %s", said)
	}
}
