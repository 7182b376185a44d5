// Package start is the guide from a bare laptop to data: which profiles there are and whether they work, which Regions
// are in use, what the first pull costs, and the pull. Each step has an answer ready, so that Enter alone leads
// through; whoever has no account finds the demo and the way to open a file. It is shown while nothing is cached, and
// again from the menu.
//
//	view.go      the frame: steps, buttons, keys
//	profiles.go  the profiles, tested side by side
//	regions.go   where anything is measured
//	price.go     what the pull asks and costs
//	pulling.go   how it goes
package start
