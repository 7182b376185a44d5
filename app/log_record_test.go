package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// linesOf makes an event of each line of a text, a millisecond apart.
func linesOf(stream, text string) (events []LogEvent) {
	for i, line := range strings.Split(strings.TrimPrefix(text, "\n"), "\n") {
		events = append(events, LogEvent{Group: "g", Stream: stream, ID: fmt.Sprint(i),
			At: time.UnixMilli(int64(i)), Message: line})
	}
	return events
}

func TestJoinLines(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []int // events of each record
	}{
		{"plain lines", "\none\ntwo\nthree", []int{1, 1, 1}},
		{"Java", `
2026-05-03 ERROR Servlet failed
java.lang.IllegalStateException: no
	at com.shop.Cart.add(Cart.java:42)
	at com.shop.Cart.main(Cart.java:7)
Caused by: java.io.IOException: disk
	at com.shop.Disk.write(Disk.java:9)
	... 2 more
2026-05-03 INFO next`, []int{1, 6, 1}},
		{"Python", `
ERROR:root:failed
Traceback (most recent call last):
  File "app.py", line 3, in f
    raise ValueError("no")
ValueError: no

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "app.py", line 9, in g
    f()
KeyError: 'x'
INFO:root:next`, []int{12, 1}},
		{"Node", `
TypeError: Cannot read properties of undefined
    at handler (/var/task/index.js:12:7)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  code: 'EBROKEN'
}
next`, []int{5, 1}},
		{"Go", `
panic: runtime error: index out of range [3] with length 3

goroutine 1 [running]:
main.handle(0x3, 0xc000012345)
	/app/main.go:17 +0x1d
main.main()
	/app/main.go:9 +0x25
exit status 2
2026/05/03 restarted`, []int{8, 1}},
		{".NET", `
Unhandled exception. System.InvalidOperationException: no
 ---> System.IO.IOException: disk
   at Shop.Disk.Write() in /src/Disk.cs:line 9
   --- End of inner exception stack trace ---
   at Shop.Cart.Add() in /src/Cart.cs:line 42
--- End of stack trace from previous location ---
   at Shop.Program.Main()
next`, []int{7, 1}},
		{"JSON over several lines", "\n{\n  \"a\": 1\n}\n{\n  \"b\": 2\n}", []int{3, 3}},
		{"a closing bracket alone", "\none\n}", []int{1, 1}},
		{"an empty line between plain ones", "\none\n\ntwo", []int{1, 1, 1}},
		{"with colours", "\n\x1b[31mError: no\x1b[0m\n\x1b[90m    at f (a.js:1)\x1b[0m", []int{2}},
	} {
		var got []int
		for _, r := range JoinLines(linesOf("s", c.text)) {
			got = append(got, len(r.Events()))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: records of %v events, want %v", c.name, got, c.want)
		}
	}
}

func TestLinesJoinWithinTheirStream(t *testing.T) {
	a, b := linesOf("a", "Error: a\n\tat a1\n\tat a2"), linesOf("b", "Error: b\n\tat b1\n\tat b2")
	var both []LogEvent
	for i := range a {
		both = append(both, a[i], b[i])
	}
	records := JoinLines(both)
	if len(records) != 2 || len(records[0].Rest) != 2 || records[1].Rest[1].Message != "\tat b2" {
		t.Errorf("records are %+v", records)
	}
	a[1].At = a[0].At.Add(recordPause + 1)
	if n := len(JoinLines(a[:2])); n != 2 {
		t.Errorf("lines that are far apart are %d records, want 2", n)
	}
}

// TestJoinLinesKeepsEvents sees that no event is lost or twice whatever they say, and that each stays in order.
func TestJoinLinesKeepsEvents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom([]string{"", "x", "\tat f", "Caused by: y", "}", "panic: z", "f(1)", tracebackHead,
			"goroutine 1 [running]:"})
		var events []LogEvent
		for i := range rapid.IntRange(0, 40).Draw(t, "events") {
			events = append(events, LogEvent{ID: fmt.Sprint(i), At: time.UnixMilli(int64(300 * i)),
				Stream: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "stream"), Message: line.Draw(t, "line")})
		}
		seen := map[string]int{}
		for _, r := range JoinLines(events) {
			last := r.At
			for _, e := range r.Events() {
				seen[e.ID]++
				if e.Stream != r.Stream || e.At.Before(last) {
					t.Fatalf("%v is in the record of %v", e, r.LogEvent)
				}
				last = e.At
			}
		}
		if len(seen) != len(events) {
			t.Fatalf("%d of %d events are there", len(seen), len(events))
		}
		for id, n := range seen {
			if n != 1 {
				t.Fatalf("event %s is there %d times", id, n)
			}
		}
	})
}
