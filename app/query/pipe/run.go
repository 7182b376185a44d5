package pipe

import (
	"time"

	"github.com/nephograph/nephograph/app"
)

// Options are what a run is told beside its query.
type Options struct {
	Range app.Range // of the events: queryStartTime and its like, and patterns
	Now   time.Time
	Rows  int  // at most so many are given; 0: MaxRows
	Ptr   bool // rows of events have a last column @ptr, as AWS adds it
}

// Bounds of what a run keeps in memory.
const (
	maxGroups = 200_000   // of stats, each some hundred bytes
	maxValues = 8_000_000 // of pct and count_distinct in all groups, eight to forty bytes each
	maxHeld   = 100_000   // rows of a sort before a command other than limit, and combinations of dedup
)

// Run takes events one by one and gives the rows of a query. It belongs to one goroutine.
type Run struct {
	first   stage
	out     *output
	row     record
	notes   *notes
	seen    int
	matched *counter
	columns []Column
}

// Table is the result of a query.
type Table struct {
	Columns []Column
	Rows    [][]Value
	Events  int // that were read
	Matched int // of them, that met the filters before the first other command
	// Cut says what of the result is left out because there is more than a run keeps; empty: nothing.
	Cut []string
}

// Column is one of a table.
type Column struct {
	Name string
	// Bucket is the period of bin or datefloor where the column is one; the zero Period where it is not.
	Bucket Period
	Group  bool // the column is one that stats groups by
}

// notes are what is said of a result, once each.
type notes struct{ all []string }

func (n *notes) add(text string) {
	for _, had := range n.all {
		if had == text {
			return
		}
	}
	n.all = append(n.all, text)
}

// stage is a command at work.
type stage interface {
	// push takes a row, which is valid during the call; false says that no further row is wanted.
	push(*record) bool
	// flush ends the rows.
	flush()
}

// Start begins a run.
func (q Query) Start(o Options) *Run {
	if o.Rows <= 0 || o.Rows > MaxRows {
		o.Rows = MaxRows
	}
	r := &Run{notes: &notes{}}
	b := &builder{compiler: compiler{options: o, made: map[string]int{}}, notes: r.notes}
	r.first, r.out = b.build(q)
	r.row = record{made: make([]Value, b.places), names: newNames(b.names), found: make([]Value, len(b.names))}
	r.columns, r.matched = b.columns, &b.matched
	return r
}

// Add takes the next event, newest first: without sort rows come in the order of the events, and latest, earliest and
// stats do not depend on it. It reports whether the result may still change. The event may be changed after the call.
func (r *Run) Add(e *app.LogEvent) (more bool) {
	r.seen++
	r.row.event, r.row.read = e, false
	clear(r.row.made)
	return r.first.push(&r.row)
}

// Table ends the run and returns its result.
func (r *Run) Table() Table {
	r.first.flush()
	return Table{Columns: r.columns, Rows: r.out.rows, Events: r.seen, Matched: r.matched.n, Cut: r.notes.all}
}
