package insight

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestSuspectChange(t *testing.T) {
	table := "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
	onTable := map[string]bool{"orders": true}
	for _, c := range []struct {
		name    string
		changes []app.TrailEvent
		trouble float64 // minutes ago; 0: none
		watched map[string]bool
		want    int
	}{
		{"none", nil, 30, nil, -1},
		{"what an alarm watches, however far before",
			[]app.TrailEvent{change(100, "UpdateTable", "dynamodb", table, deploy),
				change(31, "PutDashboard", "m", "shop", anna)}, 30, onTable, 0},
		{"the nearest of equals", []app.TrailEvent{change(50, "A", "s", "x", anna), change(40, "B", "s", "y", anna),
			change(35, "C", "s", "z", anna)}, 30, nil, 2},
		{"not what came after", []app.TrailEvent{change(50, "A", "s", "x", anna),
			change(10, "UpdateTable", "dynamodb", table, deploy)}, 30, onTable, 0},
		{"not what is long over", []app.TrailEvent{change(200, "UpdateTable", "dynamodb", table, deploy)}, 30, onTable,
			-1},
		{"people before services", []app.TrailEvent{change(40, "A", "s", "x", anna),
			change(35, "B", "s", "y", scaling)}, 30, nil, 0},
		{"not what happens all the time", []app.TrailEvent{change(40, "A", "s", "x", scaling),
			change(34, "B", "s", "y", scaling), change(33, "B", "s", "y", scaling), change(32, "B", "s", "y", scaling)},
			30, nil, 0},
		{"routine alone is nothing to mark", []app.TrailEvent{change(34, "B", "s", "y", anna),
			change(33, "B", "s", "y", anna), change(32, "B", "s", "y", anna)}, 30, nil, -1},
		{"not a tag, though it is nearer", []app.TrailEvent{change(47, "UpdateTable", "dynamodb", table, deploy),
			change(46, "TagResource", "dynamodb", table, deploy)}, 30, onTable, 0},
		{"the latest where nothing is wrong",
			[]app.TrailEvent{change(50, "A", "s", "x", anna), change(5, "B", "s", "y", anna)}, 0, nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := SuspectChange(c.changes, ago(c.trouble), c.trouble > 0, c.watched); got != c.want {
				t.Errorf("suspect %d, want %d", got, c.want)
			}
		})
	}
}
