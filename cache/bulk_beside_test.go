package cache

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// benchOn switches the comparison on, which takes minutes and gigabytes; benchProgram is the built program that it also
// asks, each time as a new process.
const (
	benchOn      = "NEPHOGRAPH_BENCH"
	benchProgram = "NEPHOGRAPH"
)

// question is one that every reader of log files can be asked, with the same answer.
type question struct {
	name string
	text string // a text in any case of letters, or an expression in which case counts
	expr bool
}

// search writes the question as our search text.
func (q question) search() string { return query.Format(app.LogTerm{Text: q.text, Regexp: q.expr}) }

// pattern writes the question as an expression for readers that know nothing else.
func (q question) pattern() string {
	if q.expr {
		return "(?-i:" + q.text + ")"
	}
	return regexp.QuoteMeta(q.text)
}

// questions hold nothing that could lie across two lines of a message, nor in the time before it: a line of the text
// has a message in one line after its time.
func questions() []question {
	return []question{
		{"literal, none", "sasquatch", false},
		{"literal, rare", "OutOfMemoryError", false},
		{"literal, medium", "timeout", false},
		{"literal, frequent", "status", false},
		{"phrase, medium", "cache miss for key", false},
		{"expression, with a literal", `timeout after (1|2)[0-9]000 ms`, true},
		{"expression, without", `\b[0-9]{3}\.[0-9]{2}\.2[0-9]{2}\.1[0-9]{2}\b`, true},
	}
}

// rival is a program, or a way to use it, that answers questions.
type rival struct {
	name    string
	program string // that has to be installed
	exact   bool   // the answer is the total, and has to be ours
	// ask answers once; it returns -1 if this rival cannot be asked that.
	ask func(ctx context.Context, q question) (total int, took time.Duration, err error)
}

const notAsked = -1

// TestSideBySide puts the same questions to the cache and to ripgrep, lnav and sqlite3 on the same events as text, all
// of it in the memory of the system, and prints how long each took. No time fails it; a total that differs does.
func TestSideBySide(t *testing.T) {
	if os.Getenv(benchOn) != "1" {
		t.Skip("runs with NEPHOGRAPH_BENCH=1: it makes 2 GB of files")
	}
	d, text := bulkOpen(t), bulkText(t)
	rivals := besideRivals(t, d, text)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Printf("\n%d events, %d cores; median of up to 7 runs after a first one that does not count\n", bulkEvents,
		runtime.NumCPU())
	fmt.Fprintln(table, "question\tasked\ttotal\tms\truns\tours again / this\tours first / this\t")
	for _, q := range questions() {
		besideRow(t, table, rivals, q)
	}
	besideLevels(t, table, d, text)
	if err := table.Flush(); err != nil {
		t.Fatal(err)
	}
}

// besideRow asks all rivals one question. The first two are ours, asked again and for the first time; where there is no
// second, the first stands for both.
func besideRow(t *testing.T, table *tabwriter.Writer, rivals []rival, q question) {
	var again, first time.Duration
	want := notAsked
	for i, r := range rivals {
		if _, err := exec.LookPath(r.program); r.program != "" && err != nil {
			fmt.Fprintf(table, "%s\t%s\t\tis not installed\t\t\t\t\n", q.name, r.name)
			continue
		}
		total, took, runs := median(t, r, q)
		switch {
		case total == notAsked:
			continue
		case i == 0:
			again, first, want = took, took, total
		case i == 1 && r.program == "":
			first = took
		}
		if r.exact && total != want {
			t.Errorf("%s: %s counts %d, we %d", q.name, r.name, total, want)
		}
		found := strconv.Itoa(total)
		if !r.exact {
			found = "-"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%.3f\t%.3f\t\n", q.name, r.name, found, inMillis(took), runs,
			again.Seconds()/took.Seconds(), first.Seconds()/took.Seconds())
	}
}

func inMillis(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()*1000) }

// median asks up to 7 times, though not for longer than 10 s. A first answer before does not count, unless it took
// longer than that already.
func median(t *testing.T, r rival, q question) (total int, took time.Duration, runs int) {
	t.Helper()
	const patience = 10 * time.Second
	var times []time.Duration
	for start := time.Now(); len(times) < 8 && (len(times) < 2 || time.Since(start) < patience); {
		found, once, err := r.ask(t.Context(), q)
		if err != nil {
			t.Fatalf("%s, %s: %v", q.name, r.name, err)
		}
		if total = found; total == notAsked {
			return total, 0, 0
		}
		if times = append(times, once); once > patience {
			break
		}
	}
	if len(times) > 1 {
		times = times[1:]
	}
	slices.Sort(times)
	return total, times[len(times)/2], len(times)
}

func besideRivals(t *testing.T, d *DB, text string) []rival {
	rivals := []rival{
		{"Nephograph, newest 500 and total, again", "", true, asked(d)},
		{"Nephograph, the first time", "", true, func(ctx context.Context, q question) (int, time.Duration, error) {
			fresh, err := Open(ctx, d.Path())
			if err != nil {
				return 0, 0, err
			}
			total, took, err := asked(fresh)(ctx, q)
			return total, took, errors.Join(err, fresh.Close())
		}},
	}
	if program := os.Getenv(benchProgram); program != "" {
		rivals = append(rivals, rival{"nephograph search, a new process", program, false,
			ownProgram(program, d.Path())})
	}
	rivals = append(rivals, ripgrepRivals(text)...)
	rivals = append(rivals, lnavRivals(text)...)
	if _, err := exec.LookPath("sqlite3"); err == nil {
		return append(rivals, sqliteRivals(t, text)...)
	}
	return append(rivals, rival{"sqlite3", "sqlite3", false, nil})
}

// asked asks an open cache.
func asked(d *DB) func(context.Context, question) (int, time.Duration, error) {
	return func(ctx context.Context, q question) (int, time.Duration, error) {
		start := time.Now()
		r, err := search(ctx, d, q.search())
		return r.Total, time.Since(start), err
	}
}

// command runs a program, which says in its output how many events it found.
func command(total func(out []byte) (int, error), name string, args ...string) func(context.Context) (int,
	time.Duration, error) {
	return func(ctx context.Context) (int, time.Duration, error) {
		start := time.Now()
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.Stderr = new(bytes.Buffer)
		out, err := cmd.Output()
		took := time.Since(start)
		if code := (*exec.ExitError)(nil); errors.As(err, &code) && code.ExitCode() == 1 && name == "rg" {
			return 0, took, nil // ripgrep found nothing
		}
		if err != nil {
			return 0, took, fmt.Errorf("%s %q: %w: %s", name, args, err, cmd.Stderr)
		}
		n, err := total(out)
		return n, took, err
	}
}

// lastNumber reads the last word of an output.
func lastNumber(out []byte) (int, error) {
	words := strings.Fields(string(out))
	if len(words) == 0 {
		return 0, errors.New("no answer")
	}
	return strconv.Atoi(words[len(words)-1])
}

// sumOfLines adds up the counts of the files.
func sumOfLines(out []byte) (sum int, err error) {
	for _, line := range strings.Fields(string(out)) {
		n, err := strconv.Atoi(line)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}

func anyNumber([]byte) (int, error) { return 0, nil }

func ripgrepRivals(text string) []rival {
	args := func(q question, anyCase bool, more ...string) []string {
		if !q.expr {
			more = append(more, "-F")
			if anyCase {
				more = append(more, "-i")
			}
		}
		return append(more, "--no-filename", "-e", q.text, text)
	}
	return []rival{
		{"rg -c, any case", "rg", true, func(ctx context.Context, q question) (int, time.Duration, error) {
			return command(sumOfLines, "rg", args(q, true, "-c")...)(ctx)
		}},
		{"rg -c, case as typed", "rg", false, func(ctx context.Context, q question) (int, time.Duration, error) {
			if q.expr {
				return notAsked, 0, nil
			}
			return command(sumOfLines, "rg", args(q, false, "-c")...)(ctx)
		}},
		{"rg | head -500, no total", "rg", false, func(ctx context.Context, q question) (int, time.Duration, error) {
			shell := append([]string{"-c", `rg "$@" | head -500`, "sh"}, args(q, true)...)
			return command(anyNumber, "sh", shell...)(ctx)
		}},
	}
}

// lnavRivals filter with lnav, which is how it counts quickest: once in a new process, and once more in one that has
// read all files already.
func lnavRivals(text string) []rival {
	ask := func(ctx context.Context, q question, times int) (int, time.Duration, error) {
		args := []string{"-n"}
		for n := range times {
			if n > 0 {
				args = append(args, "-c", ":switch-to-view log", "-c", ":delete-filter "+q.pattern())
			}
			// prints the last view
			args = append(args, "-c", ":filter-in "+q.pattern(), "-c", ";SELECT count(*) AS n FROM all_logs")
		}
		return command(lastNumber, "lnav", append(args, text)...)(ctx)
	}
	return []rival{
		{"lnav, a new process", "lnav", true,
			func(ctx context.Context, q question) (int, time.Duration, error) { return ask(ctx, q, 1) }},
		{"lnav, once more", "lnav", true, func(ctx context.Context, q question) (int, time.Duration, error) {
			_, once, err := ask(ctx, q, 1)
			if err != nil {
				return 0, 0, err
			}
			total, five, err := ask(ctx, q, 5)
			return total, (five - once) / 4, err
		}},
	}
}

// sqliteRivals ask a table of lines, and a full text index over trigrams.
func sqliteRivals(t *testing.T, text string) []rival {
	plain := sqliteFile(t, "plain", text, "CREATE TABLE line(text TEXT);\n", "")
	index := sqliteFile(t, "trigram", text, "CREATE VIRTUAL TABLE line USING fts5(text, tokenize='trigram');\n",
		"INSERT INTO line(line) VALUES('optimize');\n")
	ask := func(file, where string) func(context.Context, question) (int, time.Duration, error) {
		return func(ctx context.Context, q question) (int, time.Duration, error) {
			if q.expr {
				return notAsked, 0, nil
			}
			return command(lastNumber, "sqlite3", file,
				fmt.Sprintf("SELECT count(*) FROM line WHERE "+where, q.text))(ctx)
		}
	}
	return []rival{
		{"sqlite3 LIKE", "sqlite3", true, ask(plain, "text LIKE '%%%s%%'")},
		{"sqlite3 FTS5, trigrams", "sqlite3", true, ask(index, `line MATCH '"%s"'`)},
	}
}

// sqliteFile fills a table with the lines of the text, as Debian's sqlite3 imports them.
func sqliteFile(t *testing.T, kind, text, create, after string) string {
	t.Helper()
	return kept(t, kind, fmt.Sprintf("%d-%d", bulkVersion, bulkEvents), ".db", func(path string) error {
		script := create + "PRAGMA journal_mode=OFF;\nPRAGMA synchronous=OFF;\n.mode ascii\n.separator \"\x1f\" " +
			"\"\\n\"\n"
		files, err := filepath.Glob(filepath.Join(text, "*.log"))
		if err != nil {
			return err
		}
		for _, f := range files {
			script += fmt.Sprintf(".import \"%s\" line\n", f)
		}
		cmd := exec.Command("sqlite3", path)
		cmd.Stdin = strings.NewReader(script + after)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
		if info, err := os.Stat(path); err == nil {
			fmt.Printf("sqlite3 %s: a file of %d MB\n", kind, info.Size()>>20)
		}
		return nil
	})
}

// besideLevels counts by level: we from what is read out of each event when it is kept, lnav from what it takes for a
// level, ripgrep by the words alone. The totals differ, as each means something else by it.
func besideLevels(t *testing.T, table *tabwriter.Writer, d *DB, text string) {
	q := question{name: "count by level"}
	besideRow(t, table, []rival{
		{"Nephograph, by 17 minutes", "", true, func(ctx context.Context, _ question) (int, time.Duration, error) {
			start := time.Now()
			counts, err := d.LogVolume(ctx, app.LogQuery{Range: bulkRange}, 17*time.Minute)
			took, total := time.Since(start), 0
			for _, c := range counts {
				total += c.Count
			}
			return total, took, err
		}},
		{"lnav, a new process", "lnav", false, func(ctx context.Context, _ question) (int, time.Duration, error) {
			return command(anyNumber, "lnav", "-n", "-c", ";SELECT log_level, count(*) FROM all_logs GROUP BY 1",
				text)(ctx)
		}},
		{"rg -o of the words", "rg", false, func(ctx context.Context, _ question) (int, time.Duration, error) {
			return command(anyNumber, "sh", "-c",
				`rg -o --no-filename '\b(DEBUG|INFO|WARN|ERROR|debug|info|warn|error)\b' "$1" | sort | uniq -c`, "sh",
				text)(ctx)
		}},
	}, q)
}

// ownProgram asks the built program, each time in a new process.
func ownProgram(program, path string) func(context.Context, question) (int, time.Duration, error) {
	return func(ctx context.Context, q question) (int, time.Duration, error) {
		return command(anyNumber, program, "search", "--cache", path, "--from", bulkRange.From.Format(time.RFC3339),
			"--to", bulkRange.To.Format(time.RFC3339), "--limit", strconv.Itoa(firstRows), "--json", "--",
			q.search())(ctx)
	}
}
