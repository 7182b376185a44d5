// Package explore is what the screens that search have in common: a query bar with what was found beside it, facets on
// the left, a lane over the window above a list. A screen of a signal says how its questions are read from the cache,
// and which columns its items have; Screen does the rest: it reads while a person types and when more is pulled, keeps
// what is shown until the answer is there, and works with the mouse and with keys only. Tabs are several such screens
// in one place, with one query.
package explore

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// Question is what a screen asks of the cache.
type Question struct {
	Text   string // of the query bar
	Focus  app.Focus
	Range  app.Range // that the focus means
	Now    time.Time
	Zone   *time.Location
	Axis   chart.Axis // of the lane above the list
	Turned bool       // the items come in the second of the screen's orders: as a rule the oldest first
	Limit  int        // of the items that are listed
	Open   app.Item   // that the drawer shows; nil: none
}

// Answer is what was found.
type Answer[T any] struct {
	Items   []T
	Total   int       // items there are, of which Items may be the first only
	Listed  int       // of them that Items stand for, if one stands for several; 0: as many as there are Items
	Known   bool      // whether something of the signal was ever pulled
	Found   string    // how many that is, in words
	Count   string    // how many that is, beside the name of the screen's tab
	Missing string    // what of the window is not in the cache, in words; "": nothing
	Lane    lane.Lane // nil: none
	Facets  []Facet
	// Title and Why stand in place of an empty list.
	Title, Why string
}

// Parts is what a screen is made of. All are needed up to Read.
type Parts[T any] struct {
	Name    string // of the screen: Logs
	Tab     string // what the screen is called among others in its place; "": it is alone
	Hint    string // what the empty query bar says
	Query   string // that the screen begins with
	Own     bool   // the query is not shared with other tabs, since it is about other things
	Session *ui.Session
	Signal  app.Signal // which pulls have the screen read again
	Columns []ui.Column[T]
	Key     func(T) string        // tells items apart
	Item    func(T) app.Item      // what the drawer shows of it
	KeyOf   func(app.Item) string // the key of the item that the drawer shows; "": it is none of this screen's
	Read    func(context.Context, Question) (Answer[T], error)
	Orders  [2]string                 // of the items, in words; empty: the newest first, the oldest first
	Lane    float32                   // height of the lane; 0: that of a volume
	Bare    bool                      // there is no lane above the list
	Above   fyne.CanvasObject         // what stands in place of the lane, with more room; nil: nothing does
	Shown   func(Answer[T], Question) // is called on the UI goroutine when another answer is shown
	Follows bool                      // the lane depends on the item that the drawer shows
	Check   func(text string) error   // what is wrong with a query; nil: nothing ever is
	Fields  []string                  // that queries may name, beside those of the facets
	Extra   func() ui.Bindings        // more keys of the screen
	// ColumnOf returns the column of a field that a person wants to see, before the last of Columns; nil: there are
	// none.
	ColumnOf func(field string) ui.Column[T]
	Pages    Pages[T]     // what is read when a person gets to it; zero: nothing is
	Export   Export       // writes all that is found; nil: the screen has no files
	Unfold   Unfolding[T] // what rows show in place; zero: nothing
}

// rest is how many items are not listed.
func (a Answer[T]) rest() int { return a.Total - max(a.Listed, len(a.Items)) }
