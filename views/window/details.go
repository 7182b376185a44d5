package window

import (
	"github.com/nephograph/nephograph/views/alarms"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/logs"
	"github.com/nephograph/nephograph/views/metrics"
	"github.com/nephograph/nephograph/views/pulls"
	"github.com/nephograph/nephograph/views/traces"
	"github.com/nephograph/nephograph/views/trail"
)

// details returns how the drawer shows all kinds of items.
func details(r Reader) []drawer.Opener {
	return []drawer.Opener{alarms.Details(r), trail.Details(r), metrics.Details(r), traces.Details(r), logs.Details(r),
		pulls.Details(r)}
}
