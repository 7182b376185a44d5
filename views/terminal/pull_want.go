package terminal

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/phrase"
)

type horizonReader interface {
	// Horizons returns before when each signal is forgotten; one that is kept for ever is not in it.
	Horizons(context.Context, app.Retention, time.Time) (map[app.Signal]time.Time, error)
}

// want reads the flags, but for the places.
func (c *commandLine) want(signals []string, limit string) (pull.Want, error) {
	var w pull.Want
	var err error
	if w.Range, err = c.times.read(c.deps.Now(), c.zone()); err != nil {
		return w, err
	}
	for _, name := range signals {
		signal, ok := app.ParseSignal(name)
		if !ok {
			return w, fmt.Errorf("--signal is alarms, metrics, logs, traces or trail, not %q", name)
		}
		w.Signals = append(w.Signals, signal)
	}
	if limit != "" {
		if w.Cap, err = app.ParseMoney(limit); err != nil {
			return w, fmt.Errorf("--cap: %w", err)
		}
		if w.Cap == 0 {
			return w, errors.New("--cap has to be above zero")
		}
	}
	return w, nil
}

// noteForgotten says what a pull leaves out, because it would be forgotten again at once.
func (c *commandLine) noteForgotten(ctx context.Context, s *Store, want pull.Want) error {
	if s.CacheFile == nil {
		return nil
	}
	horizons, err := s.CacheFile.Horizons(ctx, s.Settings.Keep, c.deps.Now())
	if err != nil {
		return err
	}
	var parts []string
	for _, signal := range app.Signals {
		if before, ok := horizons[signal]; ok && want.Wants(signal) && want.Range.From.Before(before.Add(-noteBeyond)) {
			parts = append(parts, fmt.Sprintf("%s before %s", phrase.SignalItems(signal), c.at(before)))
		}
	}
	if len(parts) > 0 {
		c.note("Not asked for, as the settings do not keep them: %s. What is pinned is asked for: nephograph cache "+
			"pin.", strings.Join(parts, ", "))
	}
	return nil
}

// noteBeyond is what a range may reach beyond the age that is kept without a word: who asks for the last 30 days, and
// keeps 30 days, knows.
const noteBeyond = time.Hour
