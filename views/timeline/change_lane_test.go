package timeline

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

func TestClustersHoldEveryChangeAndKeepTheirDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := ui.Axis{Range: hour, Width: rapid.Float32Range(100, 2000).Draw(t, "width")}
		n := rapid.IntRange(0, 200).Draw(t, "changes")
		var changes []app.TrailEvent
		at := hour.From
		for range n {
			at = at.Add(time.Duration(rapid.IntRange(0, 120).Draw(t, "pause")) * time.Second)
			changes = append(changes, app.TrailEvent{At: at})
		}
		marks := cluster(changes, axis)
		i := 0
		for k, m := range marks {
			for _, e := range m.events {
				if !e.At.Equal(changes[i].At) {
					t.Fatalf("change %d is not where it was", i)
				}
				i++
			}
			if k > 0 && axis.X(m.at())-axis.X(marks[k-1].at()) < markGap {
				t.Fatalf("marks %d and %d are too close", k-1, k)
			}
			if last := m.events[len(m.events)-1].At; axis.X(last)-axis.X(m.at()) >= markGap {
				t.Fatalf("mark %d reaches too far", k)
			}
		}
		if i != n {
			t.Fatalf("%d of %d changes are in a mark", i, n)
		}
	})
}

func TestSuspect(t *testing.T) {
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
		{"what an alarm watches, however far before", []app.TrailEvent{change(100, "UpdateTable", "dynamodb", table, deploy), change(31, "PutDashboard", "m", "shop", anna)}, 30, onTable, 0},
		{"the nearest of equals", []app.TrailEvent{change(50, "A", "s", "x", anna), change(40, "B", "s", "y", anna), change(35, "C", "s", "z", anna)}, 30, nil, 2},
		{"not what came after", []app.TrailEvent{change(50, "A", "s", "x", anna), change(10, "UpdateTable", "dynamodb", table, deploy)}, 30, onTable, 0},
		{"not what is long over", []app.TrailEvent{change(200, "UpdateTable", "dynamodb", table, deploy)}, 30, onTable, -1},
		{"people before services", []app.TrailEvent{change(40, "A", "s", "x", anna), change(35, "B", "s", "y", scaling)}, 30, nil, 0},
		{"not what happens all the time", []app.TrailEvent{change(40, "A", "s", "x", scaling), change(34, "B", "s", "y", scaling), change(33, "B", "s", "y", scaling), change(32, "B", "s", "y", scaling)}, 30, nil, 0},
		{"routine alone is nothing to mark", []app.TrailEvent{change(34, "B", "s", "y", anna), change(33, "B", "s", "y", anna), change(32, "B", "s", "y", anna)}, 30, nil, -1},
		{"not a tag, though it is nearer", []app.TrailEvent{change(47, "UpdateTable", "dynamodb", table, deploy), change(46, "TagResource", "dynamodb", table, deploy)}, 30, onTable, 0},
		{"the latest where nothing is wrong", []app.TrailEvent{change(50, "A", "s", "x", anna), change(5, "B", "s", "y", anna)}, 0, nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := suspect(c.changes, ago(c.trouble), c.trouble > 0, c.watched); got != c.want {
				t.Errorf("suspect %d, want %d", got, c.want)
			}
		})
	}
}

func TestChangeLane(t *testing.T) {
	f := incident()
	axis := ui.Axis{Range: hour, Width: 806}
	e, err := read(t.Context(), f, question{axis: axis, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l := newChangeLane(e)
	if got := l.head().measures; got != "1 by people, 40 by automation" {
		t.Errorf("it counts %q", got)
	}
	lead := l.leadNotes(l.marks[l.lead].events[0])
	if lead[0].text != "UpdateTable orders" || lead[1].text != "by deploy-role/pipeline-482 · 47 min ago" {
		t.Errorf("it leads with %q %q", lead[0].text, lead[1].text)
	}
	if item, ok := l.pick(axis, 54, fyne.NewPos(axis.X(ago(47))+3, changeMiddle)).(app.TrailEvent); !ok || item.Name != "UpdateTable" {
		t.Errorf("the diamond is %v", item.Name)
	}
	if item, ok := l.pick(axis, 54, fyne.NewPos(axis.X(ago(56)), changeMiddle)).(ui.Changes); !ok || len(item) != 3 {
		t.Errorf("the first circle is %v", item)
	}
	if item := l.pick(axis, 54, fyne.NewPos(axis.X(ago(44)), changeMiddle)); item != nil {
		t.Errorf("where nothing is lies %v", item)
	}
	for minutes, want := range map[float64]string{47.4: "UpdateTable orders · scaling", 55.8: "3 changes", 44: ""} {
		if got := l.readout(ago(minutes), 30*time.Second); got != want {
			t.Errorf("%v minutes ago it reads %q, want %q", minutes, got, want)
		}
	}
}

func TestResourceWord(t *testing.T) {
	for name, want := range map[string]string{
		"arn:aws:dynamodb:eu-west-1:111122223333:table/orders":        "orders",
		"arn:aws:lambda:eu-west-1:111122223333:function:checkout":     "checkout",
		"arn:aws:s3:::shop-bucket":                                    "shop-bucket",
		"/aws/lambda/checkout":                                        "/aws/lambda/checkout",
		"arn:aws:iam::111122223333:role/service-role/deploy-role":     "deploy-role",
		"arn:aws:sqs:eu-west-1:111122223333:orders-events-deadletter": "orders-events-deadletter",
	} {
		if got := resourceWord(name); got != want {
			t.Errorf("resourceWord(%q) = %q", name, got)
		}
	}
}
