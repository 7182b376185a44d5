package terminal

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// following returns deps that follow alarms and logs, and a context that ends with the nth run.
func following(t *testing.T, s *script, n int) (context.Context, Deps) {
	d := scripted(t, s, healthy())
	open := d.OpenCache
	d.OpenCache = func(ctx context.Context, path string) (*Store, error) {
		store, err := open(ctx, path)
		store.Settings.Follow = map[app.Signal]time.Duration{app.Alarms: time.Minute, app.Logs: time.Microsecond}
		return store, err
	}
	ctx, cancel := context.WithCancel(t.Context())
	s.runs = func(now int) {
		if now == n {
			cancel()
		}
	}
	t.Cleanup(cancel)
	return ctx, d
}

func TestFollow(t *testing.T) {
	s := good()
	s.cost = pull.FollowCost{Places: 1, Cap: app.Dollar, Cost: 2 * app.Dollar,
		Parts: []pull.FollowPart{{Signal: app.Metrics, Cost: 2 * app.Dollar}}}
	s.report.Scopes[0].Who = app.Identity{}
	ctx, d := following(t, s, 3)
	r := runWith(t, ctx, d, "pull", "--follow")
	if r.code != ExitOK {
		t.Errorf("exit code %d: that it is interrupted is how it ends", r.code)
	}
	for _, says := range []string{
		"Following this place costs about $2.00 a month in list prices: metrics $2.00. The cap of $1.00 a month " +
			"stops what AWS bills before that. " +
			"It asks for alarms every 1 min, logs every 1 µs; Ctrl-C ends it.\n",
	} {
		if !strings.Contains(r.err, says) {
			t.Errorf("%q does not say %q", r.err, says)
		}
	}
	lines := strings.Split(strings.TrimSpace(r.out), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0],
		"2026-05-03 14:00:00  111122223333/eu-west-1  25 alarms, 150,000 log events; next at 14:00:0") {
		t.Errorf("%q: the round that was interrupted is none", lines)
	}
}

func TestFollowSaysTroubleOnce(t *testing.T) {
	s := good()
	spoil(s, &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")})
	ctx, d := following(t, s, 4)
	r := runWith(t, ctx, d, "pull", "-f", "--signal", "logs")
	if strings.Count(r.err, "AWS does not allow logs:FilterLogEvents") != 1 ||
		strings.Count(r.out, "150,000 log events; in part: not all of logs; next at") != 3 {
		t.Errorf("%q, %q", r.err, r.out)
	}

	s = good()
	s.report = pull.Report{Scopes: []pull.ScopeStatus{
		{Scope: prod, State: pull.Offline, Err: &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity",
			Err: errors.New("dial tcp")}}}}
	ctx, d = following(t, s, 2)
	if r := runWith(t, ctx, d, "pull", "--follow"); strings.Count(r.out, "no answer; next at") != 1 ||
		!strings.Contains(r.err, "Cannot pull 111122223333/eu-west-1.") {
		t.Errorf("%q, %q", r.err, r.out)
	}
}

func TestFollowForPrograms(t *testing.T) {
	s := good()
	ctx, d := following(t, s, 2)
	r := runWith(t, ctx, d, "pull", "--follow", "--json")
	for _, says := range []string{`{"at":"2026-05-03T12:00:00Z","next":"2026-05-03T12:00:0`, `"state":"complete"`,
		`"stopped":false`, `"signal":"logs","new":150000`, `"cost_nano_usd":120000000}`} {
		if !strings.Contains(r.out, says) || strings.Count(r.out, "\n") != 1 {
			t.Errorf("%q does not say %s in one line", r.out, says)
		}
	}
}

func TestFollowNothing(t *testing.T) {
	_, d := following(t, good(), 1)
	r := runWith(t, t.Context(), d, "pull", "--follow", "--signal", "trail")
	if r.code != ExitFailed || !strings.Contains(r.err, "the settings follow none of these signals") {
		t.Errorf("exit %d, %q", r.code, r.err)
	}
}
