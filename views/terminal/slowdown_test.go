package terminal

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// throttled is a puller whose pull AWS slows down.
type throttled struct {
	script
	told func(app.Slowdown)
}

func (s *throttled) Run(ctx context.Context, w pull.Want, told func(pull.Progress)) pull.Report {
	elsewhere := app.Scope{Account: data.Account, Region: prod.Region}
	for _, slow := range []app.Slowdown{{Scope: prod, Rate: 3.5}, {Scope: elsewhere, Rate: 3.5}, {Scope: prod, Rate: 2},
		{Scope: elsewhere, Rate: 1.7}} {
		slow.Service, slow.Operation, slow.Quota = "logs", "FilterLogEvents", 5
		s.told(slow)
	}
	return s.script.Run(ctx, w, told)
}

func TestAThrottledPullSaysSo(t *testing.T) {
	s := &throttled{script: *good()}
	d := scripted(t, &s.script, healthy())
	open := d.OpenCache
	d.OpenCache = func(ctx context.Context, path string) (*Store, error) {
		store, err := open(ctx, path)
		store.Pull, store.OnSlowdown = s, func(told func(app.Slowdown)) { s.told = told }
		return store, err
	}
	r := runWith(t, t.Context(), d, "pull")
	want := "CloudWatch Logs limits FilterLogEvents to 5 calls a second in eu-west-1; continuing at 4.\n" +
		"CloudWatch Logs limits FilterLogEvents to 5 calls a second in eu-west-1; continuing at 1.7.\n"
	if r.code != ExitOK || !strings.HasPrefix(r.err, want) || strings.Count(r.err, "FilterLogEvents") != 2 {
		t.Errorf("exit %d, stderr %q", r.code, r.err)
	}
	if s.told != nil {
		t.Error("somebody is still told after the command has ended")
	}
}

func TestANoteTakesThePlaceOfProgress(t *testing.T) {
	var out bytes.Buffer
	c := &commandLine{Streams: Streams{Err: &out}}
	c.note("one")
	c.progressShown.Store(true)
	c.note("two")
	if got := out.String(); got != "one\n\r\x1b[Ktwo\n" {
		t.Errorf("wrote %q", got)
	}
}
