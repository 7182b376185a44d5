package cache

import (
	"context"
	"database/sql"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// names returns the statements in queries.
func names(t *testing.T) []string {
	t.Helper()
	files, err := fs.Glob(queries, "queries/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	for i, f := range files {
		files[i] = strings.TrimSuffix(path.Base(f), ".sql")
	}
	return files
}

// big are the tables that grow with what is pulled: no statement may read one from end to end.
var big = []string{"log_times", "log_text", "log_capitals", "log_rest", "log_filter", "series_chunk", "span", "trace",
	"trace_name", "trail_event", "result_rows"}

// fullScan are the statements whose purpose it is to read everything.
var fullScan = []string{"check_integrity", "check_structure", "check_chunks", "check_references"}

func TestStatementsUseIndexes(t *testing.T) {
	d := openFile(t)
	scan := regexp.MustCompile(`^SCAN (\w+)`)
	for _, name := range names(t) {
		if slices.Contains(fullScan, name) {
			continue
		}
		text := must[string](t)(statement(name).text())
		aliases := aliasesIn(text)
		for _, step := range plan(t, d, text) {
			m := scan.FindStringSubmatch(step)
			if m == nil {
				continue
			}
			table := m[1]
			if real, ok := aliases[table]; ok {
				table = real
			}
			if slices.Contains(big, table) {
				t.Errorf("%s reads all of %s: %s", name, table, step)
			}
		}
	}
}

// Streams come out of an index in their order: a sort would read all before the first row.
func TestStreamsAreNotSorted(t *testing.T) {
	d := openFile(t)
	for name, index := range map[string]string{
		"traces_oldest": "trace_time (start>? AND start<?)", "traces_newest": "trace_time (start>? AND start<?)",
		"trail_oldest": "trail_event_time (at>? AND at<?)", "trail_newest": "trail_event_time (at>? AND at<?)",
		"traces_latencies":  "COVERING INDEX trace_time (start>? AND start<?)",
		"logs_blocks_near":  "log_block_group (log_group=? AND last>?)",
		"logs_block_before": "log_block_group (log_group=? AND last<?)",
		"metrics_chunks":    "sqlite_autoindex_series_chunk_1 (series=? AND day>? AND day<?)",
		"traces_partial":    "trace_partial (scope=? AND start>?)",
		"ledger_spend":      "COVERING INDEX request_time (at>? AND at<?)",
		"ledger_spent":      "PRIMARY KEY (day>? AND day<?)",
	} {
		steps := plan(t, d, must[string](t)(statement(name).text()))
		if !slices.ContainsFunc(steps, func(s string) bool { return strings.Contains(s, index) }) {
			t.Errorf("%s does not use %s: %q", name, index, steps)
		}
		if slices.Contains(steps, "USE TEMP B-TREE FOR ORDER BY") && name != "logs_blocks_near" {
			t.Errorf("%s sorts: %q", name, steps)
		}
	}
}

func plan(t *testing.T, d *DB, text string) []string {
	t.Helper()
	var args []any
	for _, name := range parameters(text) {
		if strings.HasPrefix(name, ":") {
			args = append(args, sql.Named(name[1:], nil))
		} else {
			args = append(args, nil)
		}
	}
	rows, err := d.reader.QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, detail)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return steps
}

func aliasesIn(text string) map[string]string {
	aliases := map[string]string{}
	for _, m := range regexp.MustCompile(`(?:FROM|JOIN) (\w+) (?:AS )?(\w+)`).FindAllStringSubmatch(text, -1) {
		aliases[m[2]] = m[1]
	}
	return aliases
}

var listed = regexp.MustCompile(`(?s)^-- .*?\n-- Parameters: (.*?)\n[^-]`)

// parameters returns what the first comment lists.
func parameters(text string) []string {
	m := listed.FindStringSubmatch(text)
	if m == nil || m[1] == "none" {
		return nil
	}
	var names []string
	for _, name := range strings.Split(strings.ReplaceAll(m[1], "\n--", " "), ",") {
		names = append(names, strings.TrimSpace(name))
	}
	return names
}

func TestStatementsListTheirParameters(t *testing.T) {
	used := regexp.MustCompile(`:[a-z_]+|\?[0-9]*`)
	for _, name := range names(t) {
		text := must[string](t)(statement(name).text())
		if !listed.MatchString(text) {
			t.Errorf("%s does not begin with what it is for and its parameters", name)
			continue
		}
		want, found := parameters(text), map[string]bool{}
		plain := 0
		body := regexp.MustCompile(`(?m)^--.*$|'[^']*'`).ReplaceAllString(text, "")
		for _, p := range used.FindAllString(body, -1) {
			if p == "?" {
				plain++
				p += strconv.Itoa(plain)
			}
			found[p] = true
		}
		for i, p := range want {
			if !strings.HasPrefix(p, ":") {
				p = "?" + strconv.Itoa(i+1)
			}
			if !found[p] {
				t.Errorf("%s lists %s, which it does not use", name, want[i])
			}
		}
		if len(found) != len(want) {
			t.Errorf("%s lists %d parameters and uses %d", name, len(want), len(found))
		}
	}
}

// Every statement is named in the code, and every name in the code is a statement.
func TestStatementsAreUsed(t *testing.T) {
	inCode := map[string]bool{}
	sources := must[[]string](t)(filepath.Glob("*.go"))
	for _, file := range sources {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree := must[*ast.File](t)(parser.ParseFile(token.NewFileSet(), file, nil, 0))
		ast.Inspect(tree, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				inCode[strings.Trim(text.Value, `"`)] = true
			}
			return true
		})
	}
	prefixes := regexp.MustCompile(`^(scopes|metrics|alarms|logs|traces|trail|coverage|ledger|check|retain|pins|attempts)_[a-z_]+$`)
	all := names(t)
	for _, name := range all {
		if !inCode[name] {
			t.Errorf("%s.sql is not used", name)
		}
	}
	for name := range inCode {
		if _, err := conversion(name); err == nil {
			continue
		}
		if prefixes.MatchString(name) && !slices.Contains(all, name) {
			t.Errorf("%s is no statement", name)
		}
	}
}
