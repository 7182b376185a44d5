package related

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestMissingOf(t *testing.T) {
	within := app.Since(now, 24*time.Hour)
	cover := func(place app.Scope, group string, from time.Duration) app.Cover {
		return app.Cover{Scope: place, Signal: app.Logs, Resource: group, Range: app.Range{From: ago(from), To: now},
			AskedAt: now}
	}
	h := time.Hour
	denied := cover(ireland, "b", 24*h)
	denied.Denied = true
	for _, c := range []struct {
		name   string
		places []app.Scope
		of     string
		covers []app.Cover
		want   Missing
	}{
		{"all is there", []app.Scope{ireland}, "", []app.Cover{cover(ireland, "a", 24*h), cover(ireland, "b", 24*h)},
			Missing{Of: 2, Known: 2}},
		{"a whole day of one group, an hour of another", []app.Scope{ireland}, "",
			[]app.Cover{cover(ireland, "a", 24*h), cover(ireland, "b", h)},
			Missing{Parts: 1, Of: 2, Known: 2, Name: "b", Time: 23 * h}},
		{"only the first of them is asked about", []app.Scope{ireland}, "a",
			[]app.Cover{cover(ireland, "a", 24*h), cover(ireland, "b", h)}, Missing{Of: 1, Known: 1}},
		{"refused", []app.Scope{ireland}, "", []app.Cover{cover(ireland, "a", 24*h), denied},
			Missing{Parts: 1, Of: 2, Known: 1, Name: "b", Time: 24 * h, Denied: 1}},
		{"a place that was never pulled", []app.Scope{ireland, data}, "", []app.Cover{cover(ireland, "a", 24*h)},
			Missing{Parts: 1, Of: 2, Known: 1, Name: data.String(), Time: 24 * h}},
	} {
		c.want.Signal, c.want.Range = app.Logs, within
		if got := MissingOf(app.Logs, within, c.places, []string{c.of}, c.covers); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
