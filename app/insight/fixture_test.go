package insight

import "github.com/nephograph/nephograph/app/apptest"

// The made-up incident that the tests look at.
var (
	shop, now, hour   = apptest.Shop, apptest.Now, apptest.Hour
	ago, alarmOn      = apptest.Ago, apptest.AlarmOn
	change, turn      = apptest.Change, apptest.NewTurn
	disk, failures    = apptest.Disk, apptest.Failures
	deploy, anna      = apptest.Deploy, apptest.Anna
	scaling, newQuiet = apptest.Scaling, apptest.NewQuiet
)
