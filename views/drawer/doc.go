// Package drawer shows one item in detail beside any screen: a page from top to bottom, the way on to its neighbours
// with keys and counts, and the way back. What a page says of a kind of item is a Detail, which the package of that
// signal makes; the drawer itself knows no kind.
//
// A Detail[R] is a value that reads through R, what its package asks of the cache. Bind makes an Opener of the details
// of a package, and the window hands the drawer all of them. Rows that keys step through, such as the spans of a trace,
// are Steps.
package drawer
