package pull

import (
	"context"

	"github.com/nephograph/nephograph/app"
)

// Plan is what a pull will ask, in the order in which it asks within each scope and signal.
type Plan struct {
	Range    app.Range `json:"range"` // what was wanted, up to now
	Steps    []Step    `json:"steps"`
	Requests int       `json:"requests"`
	Cost     app.Money `json:"cost_nano_usd"`
	// Known says that requests and cost are exact; otherwise they are the least.
	Known bool `json:"known"`
	// Guessed says that some of it is neither: the traces to come were guessed from those of the hours that are known.
	Guessed bool `json:"guessed"`
	// Unforeseen says that there are traces to ask for of whose number the cache tells nothing: requests and cost have
	// the first page of their summaries, and none of themselves.
	Unforeseen bool `json:"unforeseen"`
}

// Step is one question of a plan, with all the pages of its answer.
type Step struct {
	app.Scope
	Signal    app.Signal `json:"signal"`
	Service   string     `json:"service"`            // as in app.Operation: monitoring
	Operation string     `json:"operation"`          // GetMetricData
	Resource  string     `json:"resource,omitempty"` // a log group's name; "20 series"
	Range     app.Range  `json:"range,omitzero"`     // empty for a listing
	Requests  int        `json:"requests"`
	Cost      app.Money  `json:"cost_nano_usd"`

	// As in Plan.
	Known      bool `json:"known"`
	Guessed    bool `json:"guessed"`
	Unforeseen bool `json:"unforeseen"`

	operation app.Operation
	take      func(context.Context, *scopeRun) error // asks and keeps
	planned   []app.Range                            // all that the plan asks of the resource by the operation
}

// Plan says what Run would ask at this instant, from the cache alone: no request is made. What the listings will bring
// to light, such as a new log group, is not in it, nor are places that nobody has reached yet; call Discover first for
// a plan that is as good as can be. Its errors are the cache's.
func (e *Engine) Plan(ctx context.Context, w Want) (Plan, error) {
	now := e.now()
	var steps []Step
	for _, from := range w.reached() {
		listings, err := e.planner.listings(ctx, from, w)
		if err != nil {
			return Plan{}, err
		}
		steps = append(steps, listings...)
		for _, signal := range app.Signals {
			questions, err := e.planner.questions(ctx, from, w, signal, now)
			if err != nil {
				return Plan{}, err
			}
			steps = append(steps, questions...)
		}
	}
	return planOf(w.within(now), steps), nil
}

func planOf(within app.Range, steps []Step) Plan {
	p := Plan{Range: within, Steps: steps, Known: true}
	for _, s := range steps {
		p.Requests += s.Requests
		p.Cost = app.Total(p.Cost, s.Cost)
		p.Known = p.Known && s.Known
		p.Guessed = p.Guessed || s.Guessed
		p.Unforeseen = p.Unforeseen || s.Unforeseen
	}
	return p
}
