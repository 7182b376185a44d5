package timeline

import (
	"slices"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

func TestABoardOfAnAlarmShowsItsRelativesOnly(t *testing.T) {
	s := open(t, incident(), full, dark)
	for _, c := range []struct {
		alarm            string
		alarms, resource []string
		changes          int
	}{
		{"orders-throttles", []string{"checkout-critical", "orders-throttles"}, []string{"orders", "orders-stream"}, 2},
		{"checkout-5xx", []string{"checkout-critical", "checkout-5xx", "checkout-p99"},
			[]string{"checkout", "orders", "orders-stream"}, 2},
		{"worker-disk", []string{"worker-disk"}, []string{"i-0a1b2c3d4e5f60718"}, 0},
	} {
		i := slices.IndexFunc(s.snapshot.alarms, func(w insight.AlarmWindow) bool { return w.Name == c.alarm })
		s.proposeFor(s.snapshot.alarms[i].Alarm)
		var names []string
		for _, r := range s.field.scene.rows[0].head().Rows {
			names = append(names, r.Name)
		}
		if !slices.Equal(names, c.alarms) {
			t.Errorf("the board of %s shows the alarms %q, want %q", c.alarm, names, c.alarms)
		}
		b := s.field.scene.board
		if got := b.Lanes[1].Resources; !slices.Equal(got, c.resource) {
			t.Errorf("its changes are those of %q, want %q", got, c.resource)
		}
		if got := len(s.snapshot.only(b.Lanes[1]).changes); got != c.changes {
			t.Errorf("of %s there are %d changes, want %d", c.alarm, got, c.changes)
		}
		if got, want := s.heading(), "proposed from the alarm "+c.alarm; !strings.Contains(got, want) {
			t.Errorf("the title says %q, want %q in it", got, want)
		}
	}
	s.saveBoard("mine")
	if b := s.saved[0]; b.Alarm != "worker-disk" || strings.Contains(s.heading(), "not saved") {
		t.Errorf("saved, the board is %+v, and the title says %q", b, s.heading())
	}
}

func TestTheChangesOfABoardAreOfAllAccounts(t *testing.T) {
	l := changesOf([]app.Alarm{alarmOn("checkout-5xx", failures, "Sum", 50)}, []string{"checkout/prod", "orders"})
	if !slices.Equal(l.Resources, []string{"checkout", "orders"}) {
		t.Errorf("it is of %q", l.Resources)
	}
	there := change(47, "UpdateTable", "dynamodb.amazonaws.com", "orders", deploy)
	there.Scope = app.Scope{Account: "444455556666", Region: "eu-west-1"}
	if e := (snapshot{changes: []app.TrailEvent{there}}).only(l); len(e.changes) != 1 {
		t.Error("a change of a table in another account is left out")
	}
}

func TestTheLeadOfABoardIsJudgedOfItsAlarms(t *testing.T) {
	f := incident()
	// long before
	f.alarm(alarmOn("elsewhere", metric("AWS/Lambda", "Errors", "FunctionName", "mail"), "Sum", 1),
		turn(55, app.InAlarm))
	e, err := read(t.Context(), f.open(t), question{axis: chart.Axis{Range: hour, Width: 800}, now: now,
		presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	d := e.only(app.Lane{Kind: app.TrailLane, Resources: []string{"orders"}}).trailData()
	if d.Lead < 0 || d.Changes[d.Lead].Name != "UpdateTable" {
		t.Errorf("change %d of %+v leads", d.Lead, d.Changes)
	}
}

func TestAQuietRelativeIsShown(t *testing.T) {
	e, err := read(t.Context(), incident().open(t),
		question{axis: chart.Axis{Range: hour, Width: 800}, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	l := lane.NewAlarm(e.only(app.Lane{Alarms: []string{"queue-03-depth", "queue-04-depth", "queue-05-depth",
		"queue-06-depth", "checkout-p99"}, Scope: shop}).alarmData()).Head()
	if len(l.Rows) != 5 || l.Rows[0].Name != "checkout-p99" {
		t.Errorf("it shows %d alarms, first %q", len(l.Rows), l.Rows[0].Name)
	}
	elsewhere := e.only(app.Lane{Alarms: []string{"checkout-p99"},
		Scope: app.Scope{Account: "444455556666", Region: "us-east-1"}})
	if n := len(lane.NewAlarm(elsewhere.alarmData()).Head().Rows); n != 0 {
		t.Errorf("of another account it shows %d", n)
	}
}
