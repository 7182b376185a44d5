package app

import "time"

// Settings are what a person may set for a workspace. The zero value is not useful: start from DefaultSettings.
type Settings struct {
	// Cap is the most that the paid calls of one calendar month (UTC) may cost, in list prices. Zero lets no paid call
	// through; a negative cap is none.
	Cap Money
	// Keep says how long evidence stays in the cache.
	Keep Retention
	// Mask says which secrets are masked before they are kept.
	Mask Masking
	// Follow is how often each signal is asked for while following; a signal that is not in it is not followed.
	Follow map[Signal]time.Duration
}

// Retention says what the cache may forget, oldest first. What is pinned stays.
type Retention struct {
	Age  map[Signal]time.Duration // none or zero: for ever
	Size int64                    // bytes of the file; zero: any
}

// Masking says which secrets are masked on the way into the cache.
type Masking struct {
	Off  bool
	Skip []string // names of rules that are not applied
}

// DefaultSettings returns what holds where nothing is set.
func DefaultSettings() Settings {
	return Settings{
		Cap:  5 * Dollar,
		Keep: Retention{Size: 2_000_000_000},
		Follow: map[Signal]time.Duration{
			Alarms: time.Minute, Metrics: 5 * time.Minute, Logs: time.Minute, Traces: 2 * time.Minute,
			Trail: 5 * time.Minute,
		},
	}
}
