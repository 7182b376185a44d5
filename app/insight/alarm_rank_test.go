package insight

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
)

// rowsOf writes ranked alarms as "name" with a dot for each composite alarm above.
func rowsOf(rows []RankedAlarm) []string {
	var names []string
	for _, r := range rows {
		names = append(names, "..."[:r.Depth]+r.Name)
	}
	return names
}

func TestRank(t *testing.T) {
	composite := func(name, rule string) app.Alarm {
		return app.Alarm{Scope: shop, Name: name, Kind: app.CompositeAlarm, Rule: rule, State: app.OK, Since: ago(3000),
			Seen: ago(0.3)}
	}
	plain := func(name string) app.Alarm { return alarmOn(name, disk, "Maximum", 90) }
	for _, c := range []struct {
		name string
		make func(*apptest.Incident)
		want []string
	}{
		{"none", func(*apptest.Incident) {}, nil},
		{"a quiet hour shows that it is watched", func(f *apptest.Incident) {
			for i := range 9 {
				f.Alarm(plain(fmt.Sprint("a", i)))
			}
		}, []string{"a0", "a1", "a2"}},
		{"in alarm, then what was, then what turned, then what has no data", func(f *apptest.Incident) {
			f.Alarm(plain("quiet"))
			f.Alarm(plain("turned"), turn(90, app.InsufficientData), turn(30, app.OK))
			f.Alarm(plain("silent"), turn(90, app.InsufficientData))
			f.Alarm(plain("over"), turn(30, app.InAlarm), turn(20, app.OK))
			f.Alarm(plain("ringing"), turn(90, app.InAlarm))
		}, []string{"ringing", "over", "turned", "silent"}},
		{"one that flaps comes after one that stays", func(f *apptest.Incident) {
			f.Alarm(plain("a-flaps"), turn(50, app.InAlarm), turn(48, app.OK), turn(40, app.InAlarm), turn(38, app.OK),
				turn(5, app.InAlarm))
			f.Alarm(plain("b-stays"), turn(20, app.InAlarm))
			f.Alarm(plain("c-was"), turn(20, app.InAlarm), turn(10, app.OK))
		}, []string{"b-stays", "a-flaps", "c-was"}},
		{"the rule's alarms stand under it, in its order, without the quiet ones", func(f *apptest.Incident) {
			f.Alarm(composite("z-all", `ALARM("b") AND (ALARM(a) OR ALARM("quiet"))`), turn(5, app.InAlarm))
			f.Alarm(plain("a"), turn(10, app.InAlarm))
			f.Alarm(plain("b"), turn(10, app.InAlarm))
			f.Alarm(plain("quiet"))
			f.Alarm(plain("c"), turn(10, app.InAlarm))
		}, []string{"z-all", ".b", ".a", "c"}},
		{"two composite alarms deep, each alarm once", func(f *apptest.Incident) {
			f.Alarm(composite("top", `ALARM("middle") OR ALARM("x")`), turn(5, app.InAlarm))
			f.Alarm(composite("middle", `ALARM("x")`), turn(5, app.InAlarm))
			f.Alarm(plain("x"), turn(10, app.InAlarm))
		}, []string{"top", ".middle", "..x"}},
		{"rules that go round in a circle", func(f *apptest.Incident) {
			f.Alarm(composite("a", `ALARM("b")`), turn(5, app.InAlarm))
			f.Alarm(composite("b", `ALARM("a")`), turn(5, app.InAlarm))
		}, []string{"a", ".b"}},
		{"a quiet rule does not move its alarms", func(f *apptest.Incident) {
			f.Alarm(composite("all", `ALARM("x")`))
			f.Alarm(plain("x"), turn(10, app.InAlarm))
		}, []string{"x", "all"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newQuiet()
			f.Cover(app.Alarms, "", 300, 0)
			c.make(f)
			if diff := cmp.Diff(c.want, rowsOf(RankAlarms(watching(f)))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
