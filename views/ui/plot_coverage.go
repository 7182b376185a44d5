package ui

import "github.com/nephograph/nephograph/app"

// Coverage is a stretch of time of which the same is known of a signal, as the drawer is given it.
type Coverage struct {
	Signal app.Signal
	Range  app.Range
	State  app.CoverState // of the place of which least is known
	Places []app.Scope    // that were looked at
	Covers []app.Cover    // what was asked that touches the stretch
}
