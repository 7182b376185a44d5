package cache

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestAttemptsOutliveTheProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cache.db")
	d := must[*DB](t)(Open(t.Context(), path))
	prod := app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}
	if err := d.KeepScope(t.Context(), prod, app.Identity{Account: prod.Account}); err != nil {
		t.Fatal(err)
	}
	denied := &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}
	odd := &app.Error{Kind: app.Unknown, Op: "pull", Err: errors.New("what")} // the kind that is zero
	first := []app.Attempt{{Scope: prod, Signal: app.Logs, At: epoch, Problem: odd},
		{Scope: prod, Signal: app.Trail, At: epoch, Stopped: true}}
	then := []app.Attempt{{Scope: prod, Signal: app.Logs, At: epoch.Add(time.Hour), Problem: denied}}
	if err := errors.Join(d.KeepAttempts(t.Context(), first), d.KeepAttempts(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	if got := must[[]app.Attempt](t)(d.Attempts(context.Background())); len(got) != 2 || got[0].Problem == nil ||
		got[0].Problem.Kind != app.Unknown || got[0].Problem.Err.Error() != "what" {
		t.Fatalf("%+v", got)
	}
	if err := errors.Join(d.KeepAttempts(t.Context(), then), d.Close()); err != nil {
		t.Fatal(err)
	}
	got := must[[]app.Attempt](t)(openAt(t, path).Attempts(context.Background()))
	if len(got) != 2 || got[0].Scope != prod || !got[0].At.Equal(epoch.Add(time.Hour)) ||
		got[0].Problem.Op != denied.Op || got[1].Signal != app.Trail || !got[1].Stopped || got[1].Problem != nil {
		t.Errorf("%+v", got)
	}
}
