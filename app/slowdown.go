package app

import "time"

// Slowdown says that AWS refuses calls for their rate, and how fast they go on. views/explain makes a sentence of it.
type Slowdown struct {
	Scope     Scope // Account is empty before the caller is known
	Service   string
	Operation string
	Quota     float64 // AWS's default, calls a second; zero where it is not known
	Rate      float64 // calls a second from now on, above zero
	At        time.Time
}
