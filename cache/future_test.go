package cache

import (
	"context"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// A clock that ran a day ahead makes nothing final for ever: what it noted is forgotten, items stay, and what was noted
// before stays too.
func TestForgetFuture(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	alarms := []app.Alarm{{Scope: dayPlace, Name: "checkout slow", State: app.OK}}
	deleted := app.Alarm{Scope: dayPlace, Name: "deleted"}
	past := app.Cover{Scope: dayPlace, Signal: app.Logs, Resource: "a", Range: app.Since(epoch.Add(-30*day), day),
		AskedAt: epoch}
	wrong := app.Cover{Scope: dayPlace, Signal: app.Trail, Range: app.Since(epoch.Add(-30*day), 2*day),
		AskedAt: epoch.Add(day)}
	nearly := app.Cover{Scope: dayPlace, Signal: app.Traces, Range: app.Since(epoch.Add(-30*day), day),
		AskedAt: epoch.Add(time.Minute)}
	must[int](t)(d.KeepTrail(ctx, []app.TrailEvent{{Scope: dayPlace, ID: "1", At: epoch}}, past, wrong, nearly))
	must[int](t)(d.KeepAlarms(ctx, dayPlace, append(alarms, deleted), epoch.Add(-day)))
	must[int](t)(d.KeepAlarms(ctx, dayPlace, alarms, epoch.Add(day)))
	alarms[0].State = app.InAlarm
	if n := must[int](t)(d.KeepAlarms(ctx, dayPlace, alarms, epoch)); n != 0 {
		t.Fatal("a listing of the past takes the place of a later one")
	}
	for range 2 {
		if err := d.ForgetFuture(ctx, epoch); err != nil {
			t.Fatal(err)
		}
		same(t, "covers", must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{})), []app.Cover{past, nearly})
	}
	if n := must[int](t)(count(d.TrailEvents(ctx, app.TrailQuery{}))); n != 1 {
		t.Errorf("%d events are left", n)
	}
	if n := must[int](t)(d.KeepAlarms(ctx, dayPlace, alarms, epoch)); n != 2 { // one has changed, one is gone
		t.Error("the alarms stay as the wrong clock has them")
	}
	all := must[[]app.Alarm](t)(d.Alarms(ctx, app.AlarmQuery{Name: deleted.Name, Gone: true}))
	if len(all) != 1 || !all[0].Gone.Equal(epoch) {
		t.Errorf("deleted, as it stands after the right listing: %+v", all)
	}
}
