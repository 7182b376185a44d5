package shell

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/ui"
)

// Pull is how the window asks for data. Offer and Cost may take their time and run away from the UI goroutine; Start,
// Cancel and Follow return at once and are called on it.
type Pull struct {
	// what a pull of the focus would cost, from the cache alone
	Offer    func(context.Context, app.Focus) (Offer, error)
	Start    func(app.Focus)
	Cancel   func()
	Progress *ui.Value[Progress]

	// what following the focus would cost, from the cache alone
	Cost func(context.Context, app.Focus) (pull.FollowCost, error)
	// keeps pulling the places of the focus, or ends it
	Follow    func(f app.Focus, on bool)
	Following *ui.Value[Following]
}

// Offer is the price of a pull before it runs.
type Offer struct {
	Requests int
	Cost     app.Money
	AtLeast  bool // more may come to light on the way
}

// Progress says how far a pull is, and what went wrong in the last one.
type Progress struct {
	Running     bool
	Doing       string // what is being asked now, and how many places are done, as explain.Doing says it
	Done, Total int    // steps; a Total of 0 is not known yet
	Paused      bool   // what is left of the last pull waits for a sign-in
	Problems    []error
	Slow        []app.Slowdown // calls that AWS slows down, the newest last
	// Scopes are how it stands in each place: in the pull that runs, or else in the last that was.
	Scopes []pull.ScopeStatus
}

// NewProgress returns the value that main sets as a pull goes on.
func NewProgress() *ui.Value[Progress] { return ui.NewValue(Progress{}, nil) }

// reached counts the places in which AWS has said who the caller is: only of those a price is known.
func (p Progress) reached() int {
	n := 0
	for _, s := range p.Scopes {
		if s.Who.Account != "" {
			n++
		}
	}
	return n
}

// share is how much is done, from 0 to 1.
func (p Progress) share() float32 {
	if p.Total <= 0 {
		return 0
	}
	return min(max(float32(p.Done)/float32(p.Total), 0), 1)
}

// Following says whether the window keeps pulling.
type Following struct {
	On     bool
	Every  time.Duration // of the signal that is asked most often
	Places int
}

// NewFollowing returns the value that main sets as following begins and ends.
func NewFollowing() *ui.Value[Following] {
	return ui.NewValue(Following{}, func(a, b Following) bool { return a == b })
}
