package app

import "time"

// Pin keeps a stretch of time from being forgotten, whatever Retention says.
type Pin struct {
	Name    string    `json:"name"`
	Range   Range     `json:"range"`
	Scope   Scope     `json:"scope,omitzero"` // zero: everywhere
	Created time.Time `json:"created"`
	Why     string    `json:"why,omitempty"`
}

// Holds reports whether the pin is for a scope.
func (p Pin) Holds(s Scope) bool { return p.Scope == (Scope{}) || p.Scope.Place() == s.Place() }

// Horizon returns the instant before which a signal is forgotten for its age, zero if it is kept for ever.
func (r Retention) Horizon(s Signal, now time.Time) time.Time {
	if age := r.Age[s]; age > 0 {
		return now.Add(-age)
	}
	return time.Time{}
}

// Forgotten is what retention has removed of a signal, or would remove.
type Forgotten struct {
	Signal Signal    `json:"signal"`
	Items  int       `json:"items"`
	Before time.Time `json:"before"` // all that is older is gone, but what is pinned
}

// Pruned is what became of the cache file when it was told to forget.
type Pruned struct {
	Forgotten []Forgotten `json:"forgotten"` // in the order of Signals, those of which something goes
	Requests  int         `json:"requests"`  // of the ledger
	From      int64       `json:"from"`      // bytes of the file before
	To        int64       `json:"to"`        // and after
	// Over is by how many bytes the file is still larger than it should be: what is left is pinned.
	Over int64 `json:"over,omitempty"`
}

// Holding is what the cache holds of one signal, or of what is not of a signal (Signal is empty).
type Holding struct {
	Signal Signal `json:"signal"`
	Items  int64  `json:"items"`
	Bytes  int64  `json:"bytes"` // of the file, with indexes
}

// Room is how the cache file is filled.
type Room struct {
	Path     string    `json:"path"`
	Bytes    int64     `json:"bytes"` // of the file
	Log      int64     `json:"log"`   // written, and not yet folded into the file
	Free     int64     `json:"free"`  // of the file: emptied, and not yet given back to the system
	Holdings []Holding `json:"holdings"`
	Format   int       `json:"format"`
	// Fixed is true of a file that was made before space was given back: it shrinks only when it is written anew.
	Fixed bool `json:"fixed,omitempty"`
}

// Readable is how much of a signal can be read of a cache file that may be damaged.
type Readable struct {
	Signal Signal `json:"signal"`
	Items  int    `json:"items"`
	Whole  bool   `json:"whole"` // nothing was found damaged on the way
}
