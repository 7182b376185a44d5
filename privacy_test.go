package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/cache/settings"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
	"github.com/nephograph/nephograph/views/terminal"
)

// What a person signs in with, in a form that is found again wherever it turns up. None of it may, under any trouble.
var credentials = []string{
	"AKIAPRIV111122223333",
	"wJalrXUtnFEMI/K7MDENG/bPxRfiPRIVACYKEY01",
	"IQoJb3JpZ2luX2VjEPRIVACY//////////wEaCXVzLWVhc3QtMSJHMEUCIQDprivacy0123456789abcdefghijklmnopqrstuvwxyzPRIVACY0123456789",
}

// What telemetry tells by mistake: none of it is kept, unless a person has switched masking off.
var leaked = []string{
	"AKIALEAKEDINALOGLINE", "hunter2-in-a-log", "hunter2-in-a-trace", "hunter2-in-a-url", "hunter2-in-an-annotation", "hunter2-in-a-trail-event",
	"hunter2-in-an-alarm", "eyJhbGciOiJIUzI1NiJ9.eyJsZWFrZWQiOiJ0b2tlbiJ9.dBjftJeZ4CVPmB92K27uhbUJU1p1r", "4111111111111111", "bearer0leaked1token2",
}

// leak puts what must not be kept into the telemetry of a place.
func leak(t *testing.T, p *world.Place) {
	t.Helper()
	lines := []string{
		"created key AKIALEAKEDINALOGLINE", `{"level":"INFO","user":"ann","password":"hunter2-in-a-log"}`,
		"got " + leaked[7], "charged 4111111111111111", "Authorization: Bearer bearer0leaked1token2", "connecting to postgres://shop:hunter2-in-a-url@db:5432/orders",
	}
	for _, group := range p.Groups {
		for i := range p.Events[group.Name] {
			if len(lines) > 0 {
				p.Events[group.Name][i].Message, lines = lines[0], lines[1:]
			}
		}
	}
	if len(lines) > 0 || len(p.Traces) == 0 || len(p.Trail) == 0 || len(p.Alarms) == 0 {
		t.Fatal("the place is too small for all the leaks")
	}
	p.Alarms[0].Description = "secret=hunter2-in-an-alarm"
	span := &p.Traces[0].Spans[0]
	span.Metadata = json.RawMessage(`{"default":{"apiKey":"hunter2-in-a-trace"}}`)
	span.Annotations = map[string]any{"password": "hunter2-in-an-annotation"}
	var raw map[string]any
	if err := json.Unmarshal(p.Trail[0].Raw, &raw); err != nil {
		t.Fatal(err)
	}
	raw["requestParameters"] = map[string]any{"masterUserPassword": "hunter2-in-a-trail-event"}
	p.Trail[0].Raw, _ = json.Marshal(raw)
}

// leakyAWS serves a small account that leaks, over HTTP. Every echo-th answer is a refusal that repeats the request's
// headers, as AWS does when a signature does not match; 0 is never.
func leakyAWS(t *testing.T, faults simulator.Faults, echo int64) (address string) {
	t.Helper()
	text, err := assets.Scenario("shop")
	if err != nil {
		t.Fatal(err)
	}
	scenario, err := world.ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	made, err := world.Make(scenario, world.Options{Seed: 1, Anchor: time.Now().UTC(), Scale: 0.01})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(made.Places, func(p *world.Place) bool {
		return p.Scope == (app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: p.Scope.Profile})
	})
	if i < 0 {
		t.Fatal("the shop has moved")
	}
	leak(t, made.Places[i])
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	real, wait, err := simulator.New(made, simulator.Options{Presets: presets, Faults: faults}).Start(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(real)
	if err != nil {
		t.Fatal(err)
	}
	pass, asked := httputil.NewSingleHostReverseProxy(target), new(atomic.Int64)
	pass.ErrorLog = log.New(io.Discard, "", 0) // callers that leave
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The first call asks who the caller is; refused, it would end everything.
		if n := asked.Add(1); echo == 0 || n == 1 || n%echo != 0 {
			pass.ServeHTTP(w, r)
			return
		}
		var headers bytes.Buffer
		_ = r.Header.Write(&headers)
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		w.WriteHeader(http.StatusForbidden)
		_ = json.NewEncoder(w).Encode(map[string]string{"__type": "SignatureDoesNotMatch", "message": "The request signature we calculated does not match. The Canonical String for this request should have been\n" +
			headers.String() + strings.Join(credentials, " ")})
	}))
	t.Cleanup(func() { front.Close(); _ = wait() })
	return front.URL
}

// useLeakyAWS leads this process to that account with the recognisable credentials, and away from all that the user has set.
func useLeakyAWS(t *testing.T, address, folder, set string) {
	t.Helper()
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
			os.Unsetenv(name)
		}
	}
	file := filepath.Join(folder, "settings.yaml")
	if err := os.WriteFile(file, []byte(set), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder, settings.Variable: file,
		"AWS_CONFIG_FILE": filepath.Join(folder, "none"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(folder, "none"),
		"AWS_ENDPOINT_URL": address, "AWS_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_ACCESS_KEY_ID": credentials[0], "AWS_SECRET_ACCESS_KEY": credentials[1], "AWS_SESSION_TOKEN": credentials[2],
	} {
		t.Setenv(name, value)
	}
}

// pullAndTell pulls and asks every command for all that it knows. It returns what was printed and the bytes of every file
// that was left.
func pullAndTell(t *testing.T, folder string) (said string, files []byte) {
	t.Helper()
	w, err := newWiring()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "cache.db")
	var out bytes.Buffer
	for _, args := range [][]string{
		{"pull", "--since", "25h"}, {"pull", "--since", "25h", "--json"}, {"doctor"}, {"doctor", "--json"}, {"alarms"}, {"alarms", "--json"},
		{"alarms", "--history", "--json"}, {"metrics", "--json"}, {"groups", "--json"}, {"search", "--json", "--since", "26h"}, {"search", "--limit", "0"},
		{"traces", "--json", "--since", "26h"}, {"trail", "--json", "--since", "26h"}, {"ledger", "--json"}, {"ledger"}, {"cost", "--json"}, {"cache", "--json"}, {"settings"},
	} {
		terminal.Run(t.Context(), append(args, "--cache", file), terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, w.deps())
	}
	err = filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		files = append(append(files, name...), content...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), files
}

// found returns which of these texts stand in the output or the files, whole or but for their ends.
func found(texts []string, said string, files []byte) (all []string) {
	for _, text := range texts {
		middle := text[2 : len(text)-2]
		if strings.Contains(said, middle) || bytes.Contains(files, []byte(middle)) {
			all = append(all, text)
		}
	}
	return all
}

// Credentials and what telemetry leaks reach neither the cache nor the screen, whatever goes wrong.
func TestNothingSecretIsKeptOrTold(t *testing.T) {
	for _, trouble := range []struct {
		name   string
		faults simulator.Faults
		echo   int64
		says   string // that the trouble was there
	}{
		{name: "none", says: `"password\":\"****************\"`},
		{name: "refused with the headers", echo: 3, says: "SignatureDoesNotMatch"},
		{name: "denied", faults: simulator.Faults{Deny: []string{"logs:*", "cloudtrail:LookupEvents"}}, says: "does not allow"},
		{name: "expired", faults: simulator.Faults{Expire: true}, says: "expired"},
		{name: "malformed", faults: simulator.Faults{Malformed: 1}, says: "cannot be read"},
	} {
		t.Run(trouble.name, func(t *testing.T) {
			folder := t.TempDir()
			useLeakyAWS(t, leakyAWS(t, trouble.faults, trouble.echo), folder, "")
			said, files := pullAndTell(t, folder)
			if all := found(append(slices.Clone(credentials), leaked...), said, files); len(all) > 0 {
				t.Errorf("found: %v", all)
			}
			if !strings.Contains(said, trouble.says) {
				t.Errorf("nothing says %q:\n%.3000s", trouble.says, said)
			}
		})
	}
}

// The same search finds everything where masking is off: it looks in the right places. Credentials stay out even then.
func TestWithoutMaskingTelemetryIsKeptAsItIs(t *testing.T) {
	folder := t.TempDir()
	useLeakyAWS(t, leakyAWS(t, simulator.Faults{}, 0), folder, "mask: off\n")
	said, files := pullAndTell(t, folder)
	if all := found(leaked, said, files); len(all) != len(leaked) {
		t.Errorf("found only %s", fmt.Sprint(all))
	}
	if all := found(credentials, said, files); len(all) > 0 {
		t.Errorf("found: %v", all)
	}
}

// A settings file with a mistake stops what asks AWS, and says where the mistake is; what is cached stays readable.
func TestABrokenSettingsFileStopsOnlyPulls(t *testing.T) {
	folder := t.TempDir()
	useLeakyAWS(t, "http://127.0.0.1:1", folder, "cap: $5\nmasks: off\n")
	w, err := newWiring()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"pull"}, terminal.ExitFailed, `settings.yaml, line 2: "masks" is not a setting; there are cap, follow, keep, mask, workspaces. Nothing is pulled until it is mended`},
		{[]string{"search"}, terminal.ExitOK, ""},
		{[]string{"settings"}, terminal.ExitFailed, `line 2: "masks" is not a setting`},
	} {
		var out bytes.Buffer
		code := terminal.Run(t.Context(), append(test.args, "--cache", filepath.Join(folder, "cache.db")), terminal.Streams{In: strings.NewReader(""), Out: &out, Err: &out}, w.deps())
		if code != test.code || !strings.Contains(out.String(), test.want) {
			t.Errorf("%v: exit %d, %s", test.args, code, &out)
		}
	}
}
