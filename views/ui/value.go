// Package ui is what every screen shares: the crossing between goroutines (Loader), followed values (Value), the
// session, the theme, lists with columns, keys and small widgets.
//
// A key is never lost: one that is for what is being read for the first time waits for it, and all that are typed after
// it (TypeAhead). A reading that fails, a click, another screen and Escape drop what waits.
package ui

import "slices"

// Value is something that several screens follow: the focus, the zone, who I am. It belongs to the UI goroutine.
type Value[T any] struct {
	now       T
	same      func(a, b T) bool
	followers map[int]func(T)
	order     []int
	next      int
}

// NewValue returns a Value of first. Setting what same says is equal tells nobody; a nil same is never equal.
func NewValue[T any](first T, same func(a, b T) bool) *Value[T] {
	return &Value[T]{now: first, same: same, followers: map[int]func(T){}}
}

// Now returns the value as it is now.
func (v *Value[T]) Now() T { return v.now }

// Set changes the value and tells the followers, in the order in which they came.
func (v *Value[T]) Set(t T) {
	if v.same != nil && v.same(v.now, t) {
		return
	}
	v.now = t
	for _, id := range append([]int(nil), v.order...) {
		if f, ok := v.followers[id]; ok {
			f(v.now)
		}
	}
}

// Follow calls f on each change from now on, until stop is called. It does not call f at once.
func (v *Value[T]) Follow(f func(T)) (stop func()) {
	id := v.next
	v.next++
	v.followers[id] = f
	v.order = append(v.order, id)
	return func() {
		delete(v.followers, id)
		v.order = slices.DeleteFunc(v.order, func(o int) bool { return o == id })
	}
}
