package cache

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestDataFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the cases are written with slashes")
	}
	for _, test := range []struct {
		system string
		env    map[string]string
		home   string
		want   string
	}{
		{"linux", nil, "/home/ann", "/home/ann/.local/share"},
		{"linux", map[string]string{"XDG_DATA_HOME": "/data"}, "/home/ann", "/data"},
		// must be absolute
		{"linux", map[string]string{"XDG_DATA_HOME": "data"}, "/home/ann", "/home/ann/.local/share"},
		{"freebsd", nil, "/home/ann", "/home/ann/.local/share"},
		{"darwin", nil, "/Users/ann", "/Users/ann/Library/Application Support"},
		{"darwin", map[string]string{"XDG_DATA_HOME": "/data"}, "/Users/ann", "/data"},
		{"windows", map[string]string{"LocalAppData": "/c/Users/ann/Local"}, "/c/Users/ann", "/c/Users/ann/Local"},
		{"windows", nil, "/c/Users/ann", "/c/Users/ann/AppData/Local"},
		{"linux", nil, "", ""},
	} {
		got := dataFolder(test.system, func(name string) string { return test.env[name] }, test.home)
		if got != test.want {
			t.Errorf("%s %v %s: %s, want %s", test.system, test.env, test.home, got, test.want)
		}
	}
}

func TestPath(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("XDG_DATA_HOME", folder)
	if got := must[string](t)(Path()); got != filepath.Join(folder, "nephograph", "cache.db") {
		t.Error(got)
	}
}
