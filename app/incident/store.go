package incident

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Files keep incidents; settings.Incidents are such.
type Files interface {
	Load(context.Context) ([]app.Incident, error)
	Save(context.Context, app.Incident) error
	Remove(ctx context.Context, id string) error
}

// Pinner keeps ranges of the cache from being forgotten; cache.DB is one.
type Pinner interface {
	Pins(context.Context) ([]app.Pin, error)
	Pin(context.Context, app.Pin) error
	Unpin(ctx context.Context, name string) (bool, error)
}

// Store keeps incidents in files, and in the cache the pins that keep what their evidence shows. A cache that may not
// be written has nothing forgotten either, so that its error is passed over.
type Store struct {
	Files Files
	Pins  Pinner
}

// Load returns all incidents, the newest first. What could be read travels with the error.
func (s Store) Load(ctx context.Context) ([]app.Incident, error) { return s.Files.Load(ctx) }

// Save keeps an incident. The pins come first: evidence without a pin might be forgotten, a pin without its incident
// only takes room.
func (s Store) Save(ctx context.Context, i app.Incident) error {
	if err := s.pin(ctx, i, i.Pins()); err != nil {
		return err
	}
	return s.Files.Save(ctx, i)
}

// Remove removes an incident and lets what it pinned be forgotten.
func (s Store) Remove(ctx context.Context, i app.Incident) error {
	if err := s.Files.Remove(ctx, i.ID); err != nil {
		return err
	}
	return s.pin(ctx, i, nil)
}

// pin makes these the pins of an incident.
func (s Store) pin(ctx context.Context, i app.Incident, want []app.Pin) error {
	held, err := s.Pins.Pins(ctx)
	if err != nil {
		return err
	}
	name, prefix := i.PinNames()
	for _, p := range want {
		if !slices.ContainsFunc(held, func(h app.Pin) bool { return samePin(h, p) }) {
			err = errors.Join(err, s.Pins.Pin(ctx, p))
		}
	}
	for _, h := range held {
		ours := h.Name == name || strings.HasPrefix(h.Name, prefix)
		if ours && !slices.ContainsFunc(want, func(p app.Pin) bool { return p.Name == h.Name }) {
			_, gone := s.Pins.Unpin(ctx, h.Name)
			err = errors.Join(err, gone)
		}
	}
	if app.KindOf(err) == app.ReadOnly {
		return nil
	}
	return err
}

func samePin(a, b app.Pin) bool {
	return a.Name == b.Name && a.Range.Equal(b.Range) && a.Scope.Place() == b.Scope.Place() && a.Why == b.Why
}

// ErrOpened is why an incident that was opened from a bundle is not changed.
var ErrOpened = errors.New("this incident was opened from a bundle, to be read only")

// Opened are Files of the one incident of a bundle, or of none (nil), which nothing changes.
type Opened struct{ Incident *app.Incident }

// Load returns the incident.
func (o Opened) Load(context.Context) ([]app.Incident, error) {
	if o.Incident == nil {
		return nil, nil
	}
	return []app.Incident{*o.Incident}, nil
}

// Save refuses.
func (o Opened) Save(context.Context, app.Incident) error { return readOnly(ErrOpened) }

// Remove refuses.
func (o Opened) Remove(context.Context, string) error { return readOnly(ErrOpened) }

func readOnly(err error) error { return &app.Error{Kind: app.ReadOnly, Op: "incident", Err: err} }
