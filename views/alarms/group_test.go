package alarms

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// groupsOf writes the groups of all alarms: name: alarms.
func groupsOf(g grouping) string {
	rows := rowsOf(withDeleted().Alarms, nil, app.Range{}, "", presets, time.Time{})
	var said []string
	for _, group := range (filter{group: g}).groups(rows, presets) {
		names := make([]string, len(group.rows))
		for i, r := range group.rows {
			names[i] = r.Alarm.Name
		}
		said = append(said, group.title()+": "+strings.Join(names, " "))
	}
	return strings.Join(said, "; ")
}

func TestGroups(t *testing.T) {
	for g, want := range map[grouping]string{
		byService: "Lambda: checkout-5xx canary-home worker-disk orders-old; Others: checkout-critical orders-rate",
		byResource: "checkout: checkout-5xx; canary: canary-home; orders: orders-old; worker: worker-disk; " +
			"Others: checkout-critical orders-rate",
		byComposite: "checkout-critical: checkout-5xx; Others: canary-home worker-disk orders-rate orders-old",
		byOwner:     "shop: checkout-5xx; Others: checkout-critical canary-home worker-disk orders-rate orders-old",
		byPlace: "111122223333 · eu-west-1: checkout-critical checkout-5xx worker-disk orders-old; " +
			"444455556666 · eu-west-1: canary-home orders-rate",
		"tag:team": "shop: checkout-5xx; Others: checkout-critical canary-home worker-disk orders-rate orders-old",
	} {
		if got := groupsOf(g); got != want {
			t.Errorf("by %s: %s, want %s", g.name(), got, want)
		}
	}
	const all = "[ service resource composite owner place tag:cost tag:team]"
	if got := fmt.Sprint(groupings([]string{"cost", "team"})); got != all {
		t.Errorf("groupings are %s", got)
	}
}

func TestEveryAlarmIsInALine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-d]{1,2}`), 0, 8, rapid.ID[string]).Draw(t, "names")
		var alarms []app.Alarm
		for _, n := range names {
			state := rapid.SampledFrom([]app.AlarmState{app.OK, app.InAlarm}).Draw(t, "state")
			a := alarm(now, ireland, n, state, 0, rapid.SampledFrom(names).Draw(t, "resource"))
			if rapid.Bool().Draw(t, "composite") {
				one, other := rapid.SampledFrom(names).Draw(t, "one"), rapid.SampledFrom(names).Draw(t, "other")
				a.Metric, a.Kind, a.Rule = nil, app.CompositeAlarm, "ALARM("+one+") OR OK("+other+")"
			}
			alarms = append(alarms, a)
		}
		rows := rowsOf(alarms, nil, app.Range{}, "", presets, time.Time{})
		f := filter{group: rapid.SampledFrom(groupings([]string{"team"})).Draw(t, "grouping"),
			folded: map[string]bool{}}
		seen, keys := map[string]bool{}, []string{}
		for _, l := range f.lines(rows, presets) {
			if l.row != nil {
				seen[l.row.Alarm.Name] = true
			}
			keys = append(keys, l.key)
		}
		for _, n := range names {
			if !seen[n] {
				t.Fatalf("%s is in no line", n)
			}
		}
		if slices.Sort(keys); len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Fatalf("two lines have one key: %q", keys)
		}
	})
}
