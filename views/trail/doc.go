// Package trail is the screen of CloudTrail events, and shows them in the drawer: who did what, with which request, and
// what came of it.
package trail
