// Package lane draws one signal over an axis of time: alarms, the trail, metrics, logs, traces, coverage.
//
// A lane is made of a small struct of its own data (AlarmData, TrailData and so on), never of what a screen has read
// besides, so that any screen and the report can show one. What every lane does is Lane; what only some do are the
// small interfaces of options.go. A lane is made and paints away from the UI goroutine, and answers for any axis.
package lane
