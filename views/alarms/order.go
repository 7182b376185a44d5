package alarms

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// order says which column the rows are sorted by; the zero value puts first what needs a person.
type order struct {
	by       string // title of the column
	reversed bool   // the opposite of orders
}

// orders are the orders of the columns, each as a person first wants it: newest, most, or alphabetical.
var orders = map[string]func(a, b *Row) int{
	titleState:     byRank,
	titleName:      func(a, b *Row) int { return strings.Compare(a.name, b.name) },
	titleCondition: func(a, b *Row) int { return compareText(a.condition, b.condition) },
	titleFor:       func(a, b *Row) int { return newestFirst(a.Alarm.Since, b.Alarm.Since) },
	titleFlaps:     func(a, b *Row) int { return cmp.Compare(b.Flaps, a.Flaps) },
	titleChanged:   func(a, b *Row) int { return newestFirst(a.Alarm.Configured, b.Alarm.Configured) },
	titleOwner:     func(a, b *Row) int { return cmp.Or(emptyLast(a.owner, b.owner), compareText(a.owner, b.owner)) },
	titleRegion:    func(a, b *Row) int { return cmp.Compare(a.Alarm.Region, b.Alarm.Region) },
	titleAccount:   func(a, b *Row) int { return cmp.Compare(a.Alarm.Account, b.Alarm.Account) },
}

// sort sorts rows, which come in the order of byRank.
func (o order) sort(rows []*Row) {
	by, ok := orders[o.by]
	if !ok || o == (order{by: titleState}) {
		return
	}
	slices.SortStableFunc(rows, func(a, b *Row) int {
		if o.reversed {
			a, b = b, a
		}
		return by(a, b)
	})
}

// toggled is the order after a click on a title: that of its column, reversed if the rows are in it already.
func (o order) toggled(title string) order {
	if o.by == title || o.by == "" && title == titleState {
		return order{title, !o.reversed}
	}
	return order{by: title}
}

func compareText(a, b string) int {
	return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
}

func newestFirst(a, b time.Time) int { return b.Compare(a) }

func emptyLast(a, b string) int {
	switch {
	case (a == "") == (b == ""):
		return 0
	case a == "":
		return 1
	}
	return -1
}
