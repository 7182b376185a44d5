// Package lane draws one signal over an axis of time: alarms, the trail, metrics, logs, traces, coverage.
//
// A lane is made of a small struct of its own data (AlarmData, TrailData and so on), never of what a screen has read
// besides, so that any screen and the report can show one. What every lane does is Lane; what only some do are the
// small interfaces of options.go. A lane is made and paints away from the UI goroutine, and answers for any axis.
//
// What a lane does not have it says itself (blank.go): what was not pulled, what AWS denied, what could not be read and
// what lies ahead of now are hatched and named. What was denied can be opened, with AWS's refusal.
//
// A lane's data is drawn away from the UI goroutine into an image. Crosshair, selection and labels are canvas objects
// above it, so that moving the pointer draws nothing anew, and the old picture is stretched while a zoom is read.
//
// What the crosshair reads is what is drawn. A datapoint is the value of its whole period, so that from 4 pixels a
// period on it is drawn level over that period, up to where nothing was pulled (chart.Picture.Steps), and the scale
// includes the values in force at the window's edges. Traces are read by the steps of the percentile lines, with how
// many traces there were; where there are no lines, by the traces around.
//
// Many traces are drawn as density: where there are more than a third of the cells of 4x4 pixels, each cell is shaded
// by the logarithm of how many lie in it. Faults and throttles are drawn above them, one by one while they are few.
// Percentiles need 6 traces or more, in the shortest steps that hold twice as many on average. The scale is that of the
// 0.5th to the 99.5th percentile; what lies beyond is a mark on its edge, of a percentile a hollow one in a gap of its
// line.
//
// Where there is no room for all alarms, the rows of those that were OK throughout the window are left out first, and
// the others keep their order (alarm_fit.go).
package lane
