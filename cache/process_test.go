package cache

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// The test binary runs itself as another process that writes to the same file.
const (
	childTask = "NEPHOGRAPH_TEST_TASK"  // what the child does: write, prune, open, read frozen, or fill disk
	childFile = "NEPHOGRAPH_TEST_CACHE" // to which file
	childName = "NEPHOGRAPH_TEST_NAME"  // under which name
	childMost = "NEPHOGRAPH_TEST_PAGES" // how many pages; 0: until it is killed
)

func TestMain(m *testing.M) {
	if os.Getenv(childTask) == "" {
		os.Exit(m.Run())
	}
	if err := beChild(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func beChild() error {
	if os.Getenv(childTask) == "read frozen" {
		return readFrozen(os.Getenv(childFile))
	}
	if os.Getenv(childTask) == "fill disk" {
		return fillDisk(os.Getenv(childFile))
	}
	d, err := Open(context.Background(), os.Getenv(childFile))
	if err != nil {
		return err
	}
	if task := os.Getenv(childTask); task == "write" || task == "prune" {
		most, err := strconv.Atoi(os.Getenv(childMost))
		if err != nil {
			return err
		}
		if err := writePages(d, os.Getenv(childName), most, task == "prune"); err != nil {
			return err
		}
	}
	return d.Close()
}

// pageEvents and pageSpans are what one page of the test holds.
const (
	pageEvents = 200
	pageSpans  = 40
)

// writePages goes on after the pages that are there, and says each number once its page is kept. It may prune after
// some.
func writePages(d *DB, name string, most int, prune bool) error {
	first, err := pagesKept(d, name)
	if err != nil {
		return err
	}
	for n := first; most == 0 || n < most; n++ {
		d.Record(app.Request{At: epoch, Service: name})
		if err := writePage(d, name, n); err != nil {
			return err
		}
		fmt.Println(n)
		if prune && n%pruneEvery == 0 {
			if _, err := d.Prune(context.Background(), pruneKeep(), epoch.Add(3650*day)); err != nil {
				return err
			}
		}
	}
	return nil
}

func writePage(d *DB, name string, n int) error {
	ctx, events := context.Background(), make([]app.LogEvent, pageEvents)
	within := pageRange(n)
	for i := range events {
		events[i] = app.LogEvent{Scope: dayPlace, Group: name, ID: fmt.Sprintf("%d-%d", n, i),
			Message: "page " + strconv.Itoa(n),
			At:      within.From.Add(time.Duration(i) * time.Millisecond), Ingested: epoch}
	}
	if _, err := d.KeepLogEvents(ctx, events,
		app.Cover{Scope: dayPlace, Signal: app.Logs, Resource: name, Range: within,
			AskedAt: within.To.Add(time.Hour)}); err != nil {
		return err
	}
	t := app.Trace{Scope: dayPlace, ID: app.TraceID(fmt.Sprintf("%s-%d", name, n)), Start: within.From, Entry: name}
	for i := range pageSpans {
		t.Spans = append(t.Spans, app.Span{ID: strconv.Itoa(i), Start: within.From})
	}
	_, err := d.KeepTraces(ctx, []app.Trace{t},
		app.Cover{Scope: dayPlace, Signal: app.Traces, Resource: name, Range: within,
			AskedAt: within.To.Add(time.Hour)})
	return err
}

func pageRange(n int) app.Range {
	return app.Range{From: epoch.Add(time.Duration(n) * time.Minute), To: epoch.Add(time.Duration(n+1) * time.Minute)}
}

// pagesKept counts the pages whose two transactions are both covered.
func pagesKept(d *DB, name string) (int, error) {
	covers, err := d.Coverage(context.Background(), app.CoverQuery{Signal: app.Traces, Resource: name})
	if err != nil || len(covers) == 0 {
		return 0, err
	}
	return int(covers[len(covers)-1].Range.To.Sub(epoch) / time.Minute), nil
}

// child starts another process on the file.
func child(t *testing.T, path, task, name string, pages int) *exec.Cmd {
	t.Helper()
	self := must[string](t)(os.Executable())
	cmd := exec.Command(self, "-test.run=^$")
	cmd.Env = append(os.Environ(), childTask+"="+task, childFile+"="+path, childName+"="+name,
		childMost+"="+strconv.Itoa(pages))
	cmd.Stderr = os.Stderr
	return cmd
}

// killAt kills a writer some work after it has said so many pages, and returns the last that it said, -1 for none.
func killAt(t *testing.T, cmd *exec.Cmd, pages, work int) int {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said, lines := -1, bufio.NewScanner(out)
	for range pages {
		if !lines.Scan() {
			t.Fatal("the writer ended by itself")
		}
		said = must[int](t)(strconv.Atoi(lines.Text()))
	}
	sum := 0
	for i := range work { // another moment within a page each time
		sum += i
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err, sum)
	}
	for lines.Scan() {
		if n, err := strconv.Atoi(lines.Text()); err == nil { // the last line may be cut
			said = n
		}
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the writer was not killed")
	}
	return said
}

// wholePages checks that items and covers say the same.
func wholePages(t *testing.T, d *DB, name string) {
	t.Helper()
	ctx := context.Background()
	for signal, inPage := range map[app.Signal]int{app.Logs: pageEvents, app.Traces: 1} {
		covers := must[[]app.Cover](t)(d.Coverage(ctx, app.CoverQuery{Signal: signal, Resource: name}))
		if len(covers) > 1 {
			t.Fatalf("%s: %d covers, want them joined: %v", signal, len(covers), covers)
		}
		pages := 0
		if len(covers) == 1 {
			if !covers[0].Range.From.Equal(epoch) || covers[0].Range.Length()%time.Minute != 0 {
				t.Fatalf("%s: cover %v", signal, covers[0])
			}
			pages = int(covers[0].Range.Length() / time.Minute)
		}
		items := 0
		if signal == app.Logs {
			for _, e := range collect(t, d.LogEvents(ctx, app.LogQuery{Groups: []string{name}})) {
				items++
				if at := int(e.At.Sub(epoch) / time.Minute); at >= pages {
					t.Fatalf("an event of page %d, and %d pages are covered", at, pages)
				}
			}
		} else {
			traces := collect(t, d.Traces(ctx, app.TraceQuery{Resources: []string{name}, Spans: true}))
			items = len(traces)
			if slices.ContainsFunc(traces, func(r app.Trace) bool { return len(r.Spans) != pageSpans }) {
				t.Fatal("a trace lacks spans")
			}
		}
		if items != pages*inPage {
			t.Fatalf("%s: %d items in %d pages of %d", signal, items, pages, inPage)
		}
	}
}

// The window and a pull in another process write and read at once.
func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	const pages = 60
	path := filepath.Join(t.TempDir(), "cache.db")
	cmd := child(t, path, "write", "theirs", pages)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	d := openAt(t, path)
	for n := range pages {
		d.Record(app.Request{At: epoch, Service: "ours"})
		if err := writePage(d, "ours", n); err != nil {
			t.Fatal(err)
		}
		wholePages(t, d, "ours")
		if _, err := count(d.LogEvents(context.Background(),
			app.LogQuery{Groups: []string{"theirs"}, Newest: true, Limit: 10})); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ours", "theirs"} {
		wholePages(t, d, name)
		if kept := must[int](t)(pagesKept(d, name)); kept != pages {
			t.Errorf("%s: %d pages, want %d", name, kept, pages)
		}
	}
	if n := must[app.Spend](t)(d.Spend(context.Background(), app.Range{})).Requests; n != 2*pages {
		t.Errorf("%d requests, want %d", n, 2*pages)
	}
	if err := d.Check(context.Background()); err != nil {
		t.Error(err)
	}
}

// Several programs that are started at once make one file.
func TestOpenedAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "cache.db")
	var started []*exec.Cmd
	for n := range 4 {
		cmd := child(t, path, "write", "number "+strconv.Itoa(n), 2)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		started = append(started, cmd)
	}
	for _, cmd := range started {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	d := openAt(t, path)
	if n, err := count(d.LogEvents(context.Background(), app.LogQuery{})); n != 4*2*pageEvents || err != nil {
		t.Errorf("%d events, %v", n, err)
	}
	if err := d.Check(context.Background()); err != nil {
		t.Error(err)
	}
}
