package app

// Coverage is a stretch of time of which the same is known of a signal, as the drawer is given it.
type Coverage struct {
	Signal Signal
	Range  Range
	State  CoverState // of the place of which least is known
	Places []Scope    // that were looked at
	Covers []Cover    // what was asked that touches the stretch
}
