package window

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// knows returns what a cache says whose signals reach to so long before noon; below zero: never asked.
func knows(ago ...time.Duration) []app.Freshness {
	var fresh []app.Freshness
	for i, d := range ago {
		f := app.Freshness{Signal: app.Signals[i]}
		if d >= 0 {
			f.KnownTo = noon.Add(-d)
		}
		fresh = append(fresh, f)
	}
	return fresh
}

func TestFirstFocus(t *testing.T) {
	weeks := 21 * 24 * time.Hour
	for _, test := range []struct {
		name  string
		fresh []app.Freshness
		want  app.Focus
	}{
		{"nothing is cached", nil, app.Focus{}.LastCached(time.Hour)},
		{"nothing was asked", knows(-1, -1), app.Focus{}.LastCached(time.Hour)},
		{"just pulled", knows(0, time.Minute), app.Focus{}.LastCached(time.Hour)},
		{"one signal reaches into the hour", knows(weeks, 59*time.Minute), app.Focus{}.LastCached(time.Hour)},
		{"known up to the hour", knows(time.Hour), app.Focus{}.On(app.Since(noon.Add(-time.Hour), time.Hour))},
		{"weeks ago", knows(weeks+time.Hour, weeks, -1), app.Focus{}.On(app.Since(noon.Add(-weeks), time.Hour))},
	} {
		if got := firstFocus(app.KnownTo(test.fresh), noon); !got.Equal(test.want) {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

type freshness func() ([]app.Freshness, error)

func (f freshness) Freshness(context.Context) ([]app.Freshness, error) { return f() }

func TestLookAtFirst(t *testing.T) {
	day := 24 * time.Hour
	old := app.Since(noon.Add(-day), time.Hour)
	for _, test := range []struct {
		name  string
		known time.Duration // so long before noon
		err   error
		moved bool // by a person, before the cache has answered
		want  app.Focus
		at    app.Range
	}{
		{"old data", day, nil, false, app.Focus{}.On(old), old},
		{"data of this hour", 40 * time.Minute, nil, false, app.Focus{}.LastCached(time.Hour),
			app.Since(noon.Add(-40*time.Minute), time.Hour)},
		{"a cache that cannot be read", day, errors.New("damaged"), false, app.Focus{}.Last(time.Hour),
			app.Since(noon, time.Hour)},
		{"a person was quicker", day, nil, true, app.Focus{}.Last(3 * time.Hour), app.Since(noon, 3*time.Hour)},
	} {
		var later []func()
		threads := ui.Threads{Away: func(f func()) { later = append(later, f) }, Back: func(f func()) { f() }}
		s := ui.NewSession(app.Focus{}.Last(firstWindow), time.UTC, threads, func() time.Time { return noon })
		lookAtFirst(s, freshness(func() ([]app.Freshness, error) { return knows(test.known), test.err }))
		if test.moved {
			s.Go(app.Focus{}.Last(3 * time.Hour))
		}
		for _, f := range later {
			f()
		}
		if got := s.Focus.Now(); !got.Equal(test.want) {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
		if got := s.Range(); !got.Equal(test.at) {
			t.Errorf("%s: it is at %v, want %v", test.name, got, test.at)
		}
		if s.CanBack() != test.moved {
			t.Errorf("%s: back leads to an hour that nobody looked at", test.name)
		}
	}
}

// Who presses keys before the cache has said how far it reaches does not lose them: that focus is no deed of theirs.
func TestKeysOutlastTheFirstFocus(t *testing.T) {
	test.NewTempApp(t)
	label := widget.NewLabel("")
	w := test.NewTempWindow(t, label)
	var typed []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { typed = append(typed, e.Name) })
	s := ui.NewSession(app.Focus{}.Last(time.Hour), time.UTC, ui.Inline, func() time.Time { return noon })
	reading := true
	s.Ahead.Awaits = func(ui.Press) bool { return reading }
	s.Focus.Follow(func(app.Focus) { s.Ahead.Drop() }) // as the frame does
	if !s.Ahead.Keep(label, ui.Press{Key: fyne.KeyDown}) {
		t.Fatal("the key does not wait")
	}
	lookAtFirst(s, freshness(func() ([]app.Freshness, error) { return knows(24 * time.Hour), nil }))
	reading = false
	s.Ahead.Type()
	if len(typed) != 1 || typed[0] != fyne.KeyDown {
		t.Errorf("typed %v", typed)
	}
	reading = true
	s.Ahead.Keep(label, ui.Press{Key: fyne.KeyUp})
	s.Go(app.Focus{}.Last(3 * time.Hour)) // a person's
	reading = false
	if s.Ahead.Type(); len(typed) != 1 {
		t.Errorf("typed %v after a person looked elsewhere", typed)
	}
}
