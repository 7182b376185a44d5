package conformance

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// bench is a simulator with the way to it.
type bench struct {
	world     *world.World
	simulator *simulator.Server
	url       string
	// before, if set, is called with each request before the simulator sees it.
	before atomic.Pointer[func(*http.Request)]
}

// open starts a simulator and points the AWS configuration of the test at it.
func open(t *testing.T, w *world.World, presets app.Presets) *bench {
	t.Helper()
	b := &bench{world: w, simulator: simulator.New(w, simulator.Options{Presets: presets})}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	b.url = server.URL
	for _, name := range []string{"AWS_PROFILE", "AWS_REGION", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID",
		"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		t.Setenv(name, "") // so that it is put back at the end
		os.Unsetenv(name)
	}
	config, credentials := b.simulator.AWSConfig(server.URL)
	for name, text := range map[string]string{"AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": credentials} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, path)
	}
	return b
}

// ServeHTTP lets a test come before the simulator.
func (b *bench) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if before := b.before.Load(); before != nil {
		(*before)(r)
		if r.Context().Err() != nil {
			return
		}
	}
	b.simulator.ServeHTTP(w, r)
}
