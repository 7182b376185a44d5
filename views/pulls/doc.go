// Package pulls is the screen of pulls: how far each signal is known in each place, what a pull is doing and what went
// wrong, what the next one asks and costs, what this month cost, and every request. In the drawer it shows what is
// known of a stretch of time, and what keeps the cache from knowing more.
package pulls
