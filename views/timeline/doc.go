// Package timeline is the heart of the console: the five signals as lanes over one axis of time.
//
// It reads evidence from the cache (read.go), makes lanes of it (lane.go, one file a kind), has each paint its picture
// away from the UI goroutine, and shows them in a field that answers the pointer (field.go, gesture.go). What is
// chosen, clustered and read out is pure code beside each lane.
package timeline
