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
	s.told(app.Slowdown{Scope: prod, Service: "logs", Operation: "FilterLogEvents", Quota: 5, Rate: 3.5})
	return s.script.Run(ctx, w, told)
}

func TestAThrottledPullSaysSo(t *testing.T) {
	s := &throttled{script: *good()}
	d := scripted(&s.script, healthy())
	open := d.Open
	d.Open = func(ctx context.Context, path string) (*Store, error) {
		store, err := open(ctx, path)
		store.Pull, store.Hear = s, func(told func(app.Slowdown)) { s.told = told }
		return store, err
	}
	r := runWith(t, t.Context(), d, "pull")
	if want := "CloudWatch Logs limits FilterLogEvents to 5 calls a second in eu-west-1; continuing at 4.\n"; r.code != ExitOK || !strings.HasPrefix(r.err, want) {
		t.Errorf("exit %d, stderr %q", r.code, r.err)
	}
	if s.told != nil {
		t.Error("somebody is still told after the command has ended")
	}
}

func TestANoteTakesThePlaceOfProgress(t *testing.T) {
	var out bytes.Buffer
	c := &console{Streams: Streams{Err: &out}}
	c.note("one")
	c.drawn.Store(true)
	c.note("two")
	if got := out.String(); got != "one\n\r\x1b[Ktwo\n" {
		t.Errorf("wrote %q", got)
	}
}
