package terminal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// pretend returns deps whose simulator serves nothing; asked is filled with what the flags said.
func pretend(t testing.TB, asked *Simulation) Deps {
	d := depsOf(t, filled())
	d.Simulator = func(s Simulation) (Simulator, error) {
		*asked = s
		return Simulator{
			Range:     app.Since(s.At, 24*time.Hour),
			Truth:     func(r app.Range) any { return map[string]any{"range": r} },
			AWSConfig: func(url string) (string, string) { return "config of " + url, "credentials" },
			Start: func(ctx context.Context, addr string) (string, func() error, error) {
				return "http://" + addr, func() error { <-ctx.Done(); return nil }, nil
			},
		}, nil
	}
	return d
}

func TestSimulateReadsItsFlags(t *testing.T) {
	var asked Simulation
	r := runWith(t, t.Context(), pretend(t, &asked), "simulate", "--truth", "--scenario", "bank", "--seed", "7", "--at",
		"2026-05-01T00:00:00Z", "--scale", "0.5",
		"--throttle", "0.2", "--deny", "logs:FilterLogEvents,cloudtrail:*", "--expire", "--slow", "250ms",
		"--empty-pages", "0.3", "--repeat-tokens", "0.4",
		"--late", "10m", "--cut", "0.5", "--fail", "0.6", "--malformed", "0.7", "--quotas")
	want := Simulation{Scenario: "bank", Seed: 7, At: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC), Scale: 0.5,
		Faults: Faults{Seed: 7, Throttle: 0.2,
			Deny: []string{"logs:FilterLogEvents", "cloudtrail:*"}, Expire: true, Slow: 250 * time.Millisecond,
			EmptyPages: 0.3, RepeatTokens: 0.4,
			Late: 10 * time.Minute, Cut: 0.5, Fail: 0.6, Malformed: 0.7, Quotas: true}}
	if !reflect.DeepEqual(asked, want) {
		t.Errorf("asked for %+v; want %+v", asked, want)
	}
	if wantOut := `{"range":{"from":"2026-04-30T00:00:00Z","to":"2026-05-01T00:00:00Z"}}` + "\n"; r.out != wantOut ||
		r.code != ExitOK {
		t.Errorf("exit %d, %q; want %q", r.code, r.out, wantOut)
	}
}

func TestSimulateServesUntilInterrupted(t *testing.T) {
	var asked Simulation
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	folder := filepath.Join(t.TempDir(), "aws")
	r := runWith(t, ctx, pretend(t, &asked), "simulate", "--addr", "127.0.0.1:4581", "--aws-config", folder)
	if r.code != ExitOK || !strings.Contains(r.out, "AWS_CONFIG_FILE="+folder+"/config") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
	text, err := os.ReadFile(filepath.Join(folder, "config"))
	if err != nil || string(text) != "config of http://127.0.0.1:4581" {
		t.Errorf("config %q, %v", text, err)
	}
	info, err := os.Stat(filepath.Join(folder, "credentials"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("credentials: %v, %v", info.Mode(), err)
	}
	if r := runWith(t, ctx, pretend(t, &asked), "simulate"); !strings.Contains(r.out,
		"AWS_ENDPOINT_URL=http://127.0.0.1:4580") {
		t.Errorf("%q says no endpoint", r.out)
	}
}

func TestSimulateFailsWithoutTheDoctor(t *testing.T) {
	var asked Simulation
	taken := pretend(t, &asked)
	simulator := taken.Simulator
	taken.Simulator = func(s Simulation) (Simulator, error) {
		made, err := simulator(s)
		made.Start = func(context.Context, string) (string, func() error, error) {
			return "", nil, errors.New("address already in use")
		}
		return made, err
	}
	unknown := depsOf(t, nil)
	unknown.Simulator = func(Simulation) (Simulator, error) {
		return Simulator{},
			errors.New(`there is no scenario "x"`)
	}
	for _, test := range []struct {
		deps Deps
		says string
	}{
		{taken, "nephograph: address already in use; --addr chooses another address.\n"},
		{unknown, "nephograph: there is no scenario \"x\".\n"},
	} {
		if r := runWith(t, t.Context(), test.deps, "simulate"); r.code != ExitFailed || r.err != test.says {
			t.Errorf("exit %d, %q; want %q", r.code, r.err, test.says)
		}
	}
}
