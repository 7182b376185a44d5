package ui

import "github.com/nephograph/nephograph/app"

// Changes are trail events so close together that a lane draws them as one. The drawer shows them, as it does
// app.Alarm, app.TrailEvent, app.Series, app.Trace, app.Latency and LogBucket.
type Changes []app.TrailEvent
