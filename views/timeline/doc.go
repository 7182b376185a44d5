// Package timeline is the heart of the console: the five signals as lanes over one axis of time.
//
// It reads a snapshot from the cache (read.go, snapshot.go), makes a row for each lane of the board (lane_data.go,
// row.go), has the lanes paint their pictures away from the UI goroutine (scene.go), and shows them in a field that
// answers the pointer (field.go, gesture.go). The lanes themselves are package lane.
//
// A lane takes what can be read. Every signal is read by itself, logs and traces beside what tells what broke
// (coverage, alarms, changes, and the metrics that these ask for). One that fails stays as it was before, hatched where
// it was not read, and the others are new.
//
// The window opens on the last hour of what is cached: by the clock, the change that caused an incident would leave the
// picture while nobody pulls. The lanes are proposed until a person changes one; from then on they are a board. A
// proposal stays while places and resource are the same and the window is no further than its own length from the one
// that it was made for (proposal.go), so that lanes do not change under a person who looks around.
//
// A board proposed for an alarm has the logs of what the alarm watches and of what that calls, and the traces of what
// is in alarm. A lane of more than 20 names is not narrowed, so that none is left out without a word (alarm_board.go).
// Boards are kept in boards.yaml beside the settings, not in the cache: they are a person's, and outlive it.
package timeline
