// Package drawer shows one item in detail beside any screen: a page from top to bottom, the way on to its neighbours with keys
// and counts, and the way back. What a page says of a kind of item is a Detail, which the package of that signal makes; the
// drawer itself knows no kind.
package drawer
