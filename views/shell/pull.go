package shell

import (
	"context"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// Pull is how the window asks for data. Offer may take its time and runs away from the UI goroutine; Start and Cancel
// return at once and are called on it.
type Pull struct {
	Offer    func(context.Context, app.Focus) (Offer, error) // what a pull of the focus would cost, from the cache alone
	Start    func(app.Focus)
	Cancel   func()
	Progress *ui.Value[Progress]
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
	Doing       string // what is being asked now: "Logs of eu-west-1"
	Done, Total int    // steps; a Total of 0 is not known yet
	Problems    []error
}

// NewProgress returns the value that main sets as a pull goes on.
func NewProgress() *ui.Value[Progress] { return ui.NewValue(Progress{}, nil) }

// share is how much is done, from 0 to 1.
func (p Progress) share() float32 {
	if p.Total <= 0 {
		return 0
	}
	return min(max(float32(p.Done)/float32(p.Total), 0), 1)
}
