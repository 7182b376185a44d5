package terminal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

// TestSearchWithCommands evaluates what stands after a | over the cache; testdata holds what a person sees.
func TestSearchWithCommands(t *testing.T) {
	for name, args := range map[string][]string{
		"search-stats":       {"search", "| stats count(*) as n, latest(@message) by bin(1h), @level | sort n desc"},
		"search-stats-words": {"search", "level:info", "|", "fields", "@timestamp,", "@message", "|", "limit", "1"},
		"search-csv":         {"search", "--output", "csv", "--utc", "| fields @timestamp, @message, 1 / 4 as quarter"},
		"search-table-json":  {"search", "--json", "| fields @timestamp, @level, strlen(@message) as length"},
	} {
		r := run(t, filled(), args...)
		if r.code != ExitOK {
			t.Errorf("%s: exit code %d", name, r.code)
		}
		golden(t, name, r)
	}
}

func TestSearchBeforeACommand(t *testing.T) {
	s := filled()
	run(t, s, "search", "status:5*", "connection reset", "level:error timeout | limit 5")
	want := app.MatchAll([]app.LogTerm{{Field: "status", Text: "5*"}, {Text: "connection reset"}, {Text: "timeout"}}...)
	if d := cmp.Diff(want, s.logQuery.Match); d != "" || s.logQuery.Level != app.LevelError {
		t.Error(s.logQuery.Level, d)
	}
}

func TestWrongCommandsArePointedAt(t *testing.T) {
	for text, want := range map[string]string{
		"x | stats f1 by b":      `stats takes functions such as count(*), sum, avg, min, max and pct (at "f1 by b")`,
		"x | limit 5 | unnest a": "unnest is evaluated by Logs Insights at AWS only; nephograph insights asks AWS",
		"x | filter a = ":        "a field, a value or a function is expected before the end",
	} {
		r := run(t, filled(), "search", text)
		if r.code != ExitUsage || !strings.Contains(r.err, want) {
			t.Errorf("%s: exit code %d, %s", text, r.code, r.err)
		}
	}
	if r := run(t, filled(), "search", "-C", "2", "x | limit 5"); r.code != ExitUsage {
		t.Errorf("lines around rows: exit code %d", r.code)
	}
}

func TestRowsIntoAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.jsonl")
	r := run(t, filled(), "search", "--out", path, "| fields @level, '=1+1' as sum | limit 2")
	text, err := os.ReadFile(path)
	if lines := strings.Count(string(text), "\n"); err != nil || r.code != ExitOK || r.out != "" || lines != 2 {
		t.Errorf("%d lines, %v, %s%s", lines, err, r.out, r.err)
	}
	if !strings.Contains(r.err, "Wrote 2 rows to "+path) {
		t.Errorf("it says %s", r.err)
	}
	csv := run(t, filled(), "search", "--output", "csv", "| fields '=1+1' as sum | limit 1")
	if want := "sum\n'=1+1\n"; csv.out != want {
		t.Errorf("a text that a spreadsheet takes for a formula is %q, want %q", csv.out, want)
	}
}
