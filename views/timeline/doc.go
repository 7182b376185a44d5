// Package timeline is the heart of the console: the five signals as lanes over one axis of time.
//
// It reads a snapshot from the cache (read.go, snapshot.go), makes a row for each lane of the board (lane_data.go,
// row.go), has the lanes paint their pictures away from the UI goroutine (scene.go), and shows them in a field that
// answers the pointer (field.go, gesture.go). The lanes themselves are package lane.
package timeline
