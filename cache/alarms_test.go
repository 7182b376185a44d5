package cache

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

func TestAlarmsRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, at := context.Background(), epoch
		places := []app.Scope{{Account: "111122223333", Region: "eu-west-1"},
			{Account: "111122223333", Region: "us-east-1"}}
		var want []app.Alarm
		for _, place := range places {
			alarms := rapid.SliceOfNDistinct(genAlarm(), 0, 4, func(a app.Alarm) string { return a.Name }).Draw(t,
				"alarms")
			for i := range alarms {
				alarms[i].Scope = place
			}
			if n := twice(t, func() (int, error) { return d.KeepAlarms(ctx, place, alarms, at) }); n != len(alarms) {
				t.Fatalf("%d new, want %d", n, len(alarms))
			}
			want = append(want, alarms...)
		}
		q := app.AlarmQuery{Scopes: genFew(genPlace).Draw(t, "scopes"), State: genStates.Draw(t, "state")}
		want = slices.DeleteFunc(want, func(a app.Alarm) bool {
			return !inScopes(q.Scopes, a.Scope) || q.State != "" && a.State != q.State
		})
		slices.SortFunc(want, app.CompareAlarms)
		same(t, "alarms", must[[]app.Alarm](t)(d.Alarms(ctx, q)), append([]app.Alarm(nil), want...))
	})
}

func TestAlarmsAreSeenWithTheirListing(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	other := app.Scope{Account: "444455556666", Region: "eu-west-1"}
	a, b := app.Alarm{Scope: dayPlace, Name: "a", Since: epoch}, app.Alarm{Scope: other, Name: "b", Since: epoch}
	must[int](t)(d.KeepAlarms(ctx, dayPlace, []app.Alarm{a}, epoch.Add(time.Hour)))
	must[int](t)(d.KeepAlarms(ctx, other, []app.Alarm{b}, epoch.Add(time.Minute)))
	must[int](t)(d.KeepAlarms(ctx, dayPlace, []app.Alarm{a}, epoch.Add(2*time.Hour))) // nothing new but that
	must[int](t)(d.KeepAlarms(ctx, dayPlace, []app.Alarm{a}, epoch))                  // which came late
	for _, got := range must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{})) {
		if want := map[string]time.Time{"a": epoch.Add(2 * time.Hour),
			"b": epoch.Add(time.Minute)}[got.Name]; !got.Seen.Equal(want) {
			t.Errorf("%s was seen at %v, want %v", got.Name, got.Seen, want)
		}
	}
}

func TestKeepAlarmsIsTheWholeListing(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	a := app.Alarm{Scope: dayPlace, Name: "a", State: app.OK, Since: epoch}
	b := app.Alarm{Scope: dayPlace, Name: "b", State: app.OK, Since: epoch}
	other := app.Scope{Account: "444455556666", Region: "eu-west-1"}
	elsewhere := app.Alarm{Scope: other, Name: "b", Since: epoch, Configured: epoch}
	keep := func(place app.Scope, alarms []app.Alarm, at time.Time, want int) {
		t.Helper()
		if n := must[int](t)(d.KeepAlarms(ctx, place, alarms, at)); n != want {
			t.Errorf("%d changed, want %d", n, want)
		}
	}
	keep(other, []app.Alarm{elsewhere}, epoch, 1)
	keep(dayPlace, []app.Alarm{a, b}, epoch, 2)
	a.State = app.InAlarm
	keep(dayPlace, []app.Alarm{a}, epoch.Add(time.Hour), 2)   // one changed, one gone
	keep(dayPlace, []app.Alarm{b}, epoch.Add(time.Minute), 0) // an older listing came late
	same(t, "alarms", must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{Name: "b"})), []app.Alarm{elsewhere})
	same(t, "alarms", must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{State: app.InAlarm})), []app.Alarm{a})
	keep(dayPlace, nil, epoch.Add(2*time.Hour), 1)

	a.Gone, b.Gone = epoch.Add(2*time.Hour), epoch.Add(time.Hour)
	all := app.AlarmQuery{Scopes: []app.Scope{dayPlace}, Gone: true}
	same(t, "gone", must[[]app.Alarm](t)(d.Alarms(ctx, all)), []app.Alarm{a, b})
	keep(dayPlace, nil, epoch.Add(3*time.Hour), 0) // and stay so since when they were
	same(t, "gone", must[[]app.Alarm](t)(d.Alarms(ctx, all)), []app.Alarm{a, b})
	b.Gone = time.Time{}
	keep(dayPlace, []app.Alarm{b}, epoch.Add(4*time.Hour), 1) // somebody has made it again
	same(t, "alarms", must[[]app.Alarm](t)(d.Alarms(ctx, all)), []app.Alarm{a, b})
	all.Gone = false
	same(t, "alarms", must[[]app.Alarm](t)(d.Alarms(ctx, all)), []app.Alarm{b})
}

// Tags that nobody could ask for are not known, which is not the same as that AWS says there are none.
func TestUnknownTagsLeaveThoseThatWereKnown(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	for i, step := range []struct {
		tags, want map[string]string
		changed    int
	}{
		{nil, nil, 1},
		{map[string]string{"team": "orders", "größe": `"<&>`}, map[string]string{"team": "orders", "größe": `"<&>`}, 1},
		{nil, map[string]string{"team": "orders", "größe": `"<&>`}, 0},
		{map[string]string{}, map[string]string{}, 1},
		{nil, map[string]string{}, 0},
	} {
		alarms := []app.Alarm{{Scope: dayPlace, Name: "a", Since: epoch, Configured: epoch, Tags: step.tags}}
		if n := must[int](t)(d.KeepAlarms(ctx, dayPlace, alarms,
			epoch.Add(time.Duration(i)*time.Hour))); n != step.changed {
			t.Errorf("step %d: %d changed, want %d", i, n, step.changed)
		}
		got := must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{}))[0].Tags
		if !maps.Equal(got, step.want) || (got == nil) != (step.want == nil) {
			t.Errorf("step %d: tags %#v, want %#v", i, got, step.want)
		}
	}
}

// What AWS says of tags is all that there is to say of the alarms that it lists; of those that are gone it tells
// nothing.
func TestKeepTags(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	names := []string{"tagged", "bare", "gone"}
	alarms := make([]app.Alarm, len(names))
	for i, name := range names {
		alarms[i] = app.Alarm{Scope: dayPlace, Name: name, ARN: "arn:" + name, Since: epoch, Configured: epoch}
	}
	other := app.Scope{Account: "444455556666", Region: "eu-west-1"}
	must[int](t)(d.KeepAlarms(ctx, dayPlace, alarms, epoch))
	must[int](t)(d.KeepAlarms(ctx, other, []app.Alarm{
		{Scope: other, Name: "tagged", ARN: "arn:elsewhere", Since: epoch, Configured: epoch}}, epoch))
	teams := func(of ...string) (tagged []app.Tagged) {
		for i := 0; i < len(of); i += 2 {
			tagged = append(tagged, app.Tagged{ARN: "arn:" + of[i], Tags: map[string]string{"team": of[i+1]}})
		}
		return tagged
	}
	check := func(tagged []app.Tagged, changed int, want ...string) {
		t.Helper()
		if n := twice(t, func() (int, error) { return d.KeepTags(ctx, dayPlace, tagged) }); n != changed {
			t.Errorf("%d changed, want %d", n, changed)
		}
		var got []string
		for _, a := range must[[]app.Alarm](t)(
			d.Alarms(ctx, app.AlarmQuery{Scopes: []app.Scope{dayPlace}, Gone: true})) {
			if a.Tags == nil {
				t.Errorf("the tags of %s are not known", a.Name)
			}
			got = append(got, a.Name+" "+a.Tags["team"])
		}
		same(t, "tags", got, want)
	}
	check(teams("tagged", "orders", "gone", "checkout", "never-listed", "x"), 3, "bare ", "gone checkout",
		"tagged orders")
	must[int](t)(d.KeepAlarms(ctx, dayPlace, alarms[:2], epoch.Add(time.Hour)))
	check(teams("bare", "platform"), 2, "bare platform", "gone checkout", "tagged ")
	if elsewhere := must[[]app.Alarm](t)(d.Alarms(ctx,
		app.AlarmQuery{Scopes: []app.Scope{other}})); elsewhere[0].Tags != nil {
		t.Errorf("in another place they are %v", elsewhere[0].Tags)
	}
}

func TestAlarmHistoryRoundTrip(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		type identity struct {
			scope                app.Scope
			alarm, kind, summary string
			at                   int64
		}
		items := rapid.SliceOfNDistinct(genHistory(), 0, 8, func(h app.AlarmHistoryItem) identity {
			return identity{h.Scope, h.Alarm, string(h.Kind), h.Summary, h.At.UnixMilli()}
		}).Draw(t, "items")
		if n := twice(t, func() (int, error) { return d.KeepAlarmHistory(ctx, items) }); n != len(items) {
			t.Fatalf("%d new, want %d", n, len(items))
		}
		q := app.AlarmQuery{Scopes: genFew(genPlace).Draw(t, "scopes"), State: genStates.Draw(t, "state"),
			Range: genRange().Draw(t, "range"),
			Name:  rapid.SampledFrom([]string{"", "orders"}).Draw(t, "name")}
		var want []app.AlarmHistoryItem
		for _, h := range items {
			if inScopes(q.Scopes, h.Scope) && inRange(q.Range, h.At) && (q.Name == "" || h.Alarm == q.Name) &&
				(q.State == "" || h.To == q.State) {
				want = append(want, h)
			}
		}
		slices.SortFunc(want, app.CompareHistory)
		same(t, "history", must[[]app.AlarmHistoryItem](t)(d.AlarmHistory(ctx, q)), want)
	})
}

// A time that JSON cannot tell, which an earlier version kept, spoils neither the alarm nor the listing.
func TestAnAlarmOfAYearThatCannotBe(t *testing.T) {
	d := openFile(t)
	a := app.Alarm{Scope: dayPlace, Name: "a", Since: time.Unix(1e15, 0), Configured: epoch}
	must[int](t)(d.KeepAlarms(t.Context(), dayPlace, []app.Alarm{a}, epoch))
	got := must[[]app.Alarm](t)(d.Alarms(t.Context(), app.AlarmQuery{}))
	if _, err := json.Marshal(got); err != nil || len(got) != 1 || !got[0].Since.IsZero() ||
		!got[0].Configured.Equal(epoch) {
		t.Errorf("%+v, %v", got, err)
	}
}

// What AWS tells beside alarms stays with them: contributors as long as an alarm is in alarm, rules until they are
// listed without it, and no older listing replaces a newer one.
func TestWhatStandsBesideAlarms(t *testing.T) {
	d, ctx := openFile(t), context.Background()
	metric := app.NewMetric("Shop", "Calls")
	alarms := []app.Alarm{{Scope: dayPlace, Name: "a", Kind: app.MetricAlarm, State: app.InAlarm, Metric: &metric,
		Statistic: "Sum", Comparison: "GreaterThanUpperThreshold"}, {Scope: dayPlace, Name: "b", State: app.OK}}
	keep := func(at time.Time) { must[int](t)(d.KeepAlarms(ctx, dayPlace, alarms, at)) }
	read := func() []app.Alarm { return must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{})) }
	keep(epoch)
	one := []app.AlarmContributor{{ID: "c1", Attributes: map[string]string{"host": "a"}}}
	for n, want := range []int{1, 0} {
		if got := must[int](t)(d.KeepContributors(ctx, dayPlace, "a", one)); got != want {
			t.Errorf("kept the %d. time: %d changed", n, got)
		}
	}
	rules := []app.MuteRule{{Mute: app.Mute{Name: "sunday", Schedule: "cron(0 2 * * SUN)", Length: "PT4H"},
		Alarms: []string{"b", "gone"}}}
	must[int](t)(d.KeepMuteRules(ctx, dayPlace, rules, epoch.Add(time.Hour)))
	must[int](t)(d.KeepMuteRules(ctx, dayPlace, nil, epoch)) // by a clock that was behind
	must[int](t)(d.KeepAnomalyDetectors(ctx, dayPlace, []app.AnomalyDetector{{ID: "other", Statistic: "Sum"},
		{ID: "d", Metric: &metric, Statistic: "Sum", State: app.DetectorTrained}}, epoch))
	keep(epoch.Add(time.Minute))
	got := read()
	same(t, "contributors", got[0].Contributors, one)
	if got[0].Detector == nil || got[0].Detector.ID != "d" || got[1].Detector != nil || got[0].Mutes != nil {
		t.Errorf("beside a: %+v", got[0])
	}
	if m := got[1].Mutes; len(m) != 1 || m[0].Name != "sunday" || !m[0].Seen.Equal(epoch.Add(time.Hour)) {
		t.Errorf("b is muted by %+v", m)
	}
	same(t, "rules", must[[]app.MuteRule](t)(d.MuteRules(ctx, dayPlace))[0].Alarms, rules[0].Alarms)
	alarms[0].State = app.OK
	keep(epoch.Add(2 * time.Minute))
	must[int](t)(d.KeepMuteRules(ctx, dayPlace, nil, epoch.Add(2*time.Hour)))
	if got := read(); got[0].Contributors != nil || got[1].Mutes != nil {
		t.Errorf("still %+v and %+v", got[0].Contributors, got[1].Mutes)
	}
}
