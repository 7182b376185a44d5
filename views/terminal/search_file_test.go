package terminal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSearchWritesFiles(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "found.csv")
	if err := os.WriteFile(path, []byte("was here"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := run(t, filled(), "search", "--utc", "--out", path)
	written, err := os.ReadFile(path)
	if err != nil || r.code != ExitOK || !strings.Contains(r.err, "Wrote 4 log events to "+path) {
		t.Fatalf("%d, %v, %s", r.code, err, r.err)
	}
	rows := strings.Split(string(written), "\n")
	if !strings.HasPrefix(rows[0], "time,level,") || !strings.HasPrefix(rows[1], "2026-05-03T") || r.out != "" {
		t.Errorf("%s\n%s", written, r.out)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("files are left: %v", left)
	}
	if r := run(t, filled(), "search", "--output", "jsonl", "--limit", "1"); strings.Count(r.out, "\n") != 1 ||
		r.code != ExitOK {
		t.Errorf("%d: %s", r.code, r.out)
	}
	if r := run(t, filled(), "search", "--output", "text", "--out",
		filepath.Join(dir, "no", "such.txt")); r.code != ExitFailed {
		t.Errorf("a folder that is not there ends with %d: %s", r.code, r.err)
	}
	for _, args := range []string{"--output xml", "--out found.xml", "--output csv --json", "--out a.csv -C 2"} {
		if r := run(t, filled(), append([]string{"search"}, strings.Fields(args)...)...); r.code != ExitUsage {
			t.Errorf("search %s ends with %d: %s", args, r.code, r.err)
		}
	}
}
