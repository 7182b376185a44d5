package app

import (
	"slices"
	"time"
)

// Windows are the presets of the focus bar.
var Windows = []time.Duration{
	15 * time.Minute, time.Hour, 3 * time.Hour, 12 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour,
}

// The bounds of what a timeline can show: shorter has no meaning for data stamped in minutes, longer than the longest
// retention of metrics (455 days) has no data.
const (
	minWindow = 10 * time.Second
	maxWindow = 455 * 24 * time.Hour
)

// Focus is what a person looks at: a time window in some scopes, narrowed to a resource. Every screen shares it.
type Focus struct {
	// Window is the length of a window that ends now and moves with it; zero if the window is absolute.
	Window time.Duration `json:"window_ns,omitempty"`
	// Cached ends the window of that length where the knowledge of the cache does: it moves when more is pulled, and
	// stands while nothing is.
	Cached bool `json:"cached,omitempty"`
	// Range is the absolute window; it is not used while Window is set.
	Range Range `json:"range"`
	// Scopes are the places looked at, without profiles; none means all that the cache holds.
	Scopes []Scope `json:"scopes,omitempty"`
	// Resource narrows to items that name it; empty means no narrowing.
	Resource string `json:"resource,omitempty"`
}

// At returns the range that the focus means at the instant now. A pull asks for that whether the window is Cached or
// not; where such a window is drawn, now is the end of what is cached.
func (f Focus) At(now time.Time) Range {
	if f.Window > 0 {
		return Since(now, f.Window)
	}
	return f.Range
}

// On returns the focus with the absolute range r, kept within what can be shown.
func (f Focus) On(r Range) Focus {
	middle := r.From.Add(r.To.Sub(r.From) / 2)
	switch {
	case r.To.Sub(r.From) < minWindow:
		r = Range{middle.Add(-minWindow / 2), middle.Add(minWindow / 2)}
	case r.Length() > maxWindow:
		r = Range{middle.Add(-maxWindow / 2), middle.Add(maxWindow / 2)}
	}
	f.Window, f.Cached, f.Range = 0, false, r
	return f
}

// Last returns the focus with the window of length d that ends now and moves.
func (f Focus) Last(d time.Duration) Focus {
	f.Window, f.Cached, f.Range = d, false, Range{}
	return f
}

// LastCached returns the focus with the window of length d that ends where the knowledge of the cache does.
func (f Focus) LastCached(d time.Duration) Focus {
	f = f.Last(d)
	f.Cached = true
	return f
}

// Equal reports whether the two focuses mean the same.
func (f Focus) Equal(o Focus) bool {
	return f.Window == o.Window && f.Cached == o.Cached && f.Range.Equal(o.Range) && f.Resource == o.Resource &&
		slices.Equal(f.Scopes, o.Scopes)
}

// Trip is the way a person took through focuses: back and forward as in a browser. The zero Trip is at the zero Focus.
type Trip struct {
	back, forward []Focus
	here          Focus
}

// tripLength bounds the memory of a long night; nobody steps back 200 times.
const tripLength = 200

// Here returns the focus looked at now.
func (t *Trip) Here() Focus { return t.here }

// Go looks at f; what was ahead is forgotten. Going where one is does nothing and returns false.
func (t *Trip) Go(f Focus) bool {
	if f.Equal(t.here) {
		return false
	}
	t.back = append(t.back, t.here)
	if len(t.back) > tripLength {
		t.back = t.back[1:]
	}
	t.here, t.forward = f, nil
	return true
}

// Start sets the first focus, with nothing to go back to.
func (t *Trip) Start(f Focus) { *t = Trip{here: f} }

// CanBack reports whether there is an earlier focus.
func (t *Trip) CanBack() bool { return len(t.back) > 0 }

// CanForward reports whether Back was used and can be undone.
func (t *Trip) CanForward() bool { return len(t.forward) > 0 }

// Back returns to the focus before; it does nothing at the start.
func (t *Trip) Back() bool { return step(&t.back, &t.forward, &t.here) }

// Forward undoes a Back.
func (t *Trip) Forward() bool { return step(&t.forward, &t.back, &t.here) }

func step(from, to *[]Focus, here *Focus) bool {
	last := len(*from) - 1
	if last < 0 {
		return false
	}
	*to = append(*to, *here)
	*here, *from = (*from)[last], (*from)[:last]
	return true
}
