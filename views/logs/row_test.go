package logs

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// splitTrace is a stack trace that its shipper made an event a line of.
func splitTrace() app.LogRecord {
	var events []app.LogEvent
	for i, line := range []string{"ERROR no disk", "java.io.IOException: disk", "\tat com.shop.Disk.write(Disk.java:9)",
		"Caused by: quota"} {
		events = append(events, app.LogEvent{Group: "g", ID: string(rune('a' + i)), At: time.UnixMilli(int64(i)),
			Message: line, LogFacts: app.LogFacts{Level: app.ParseLevel(strings.ToLower(line[:5]))}})
	}
	return app.LogRecord{LogEvent: events[0], Rest: events[1:]}
}

func TestRowOfARecord(t *testing.T) {
	for _, c := range []struct {
		term, said, marked string
	}{
		{"", "no disk", ""},
		{"no disk", "no disk", "no disk"},
		{"DISK.JAVA", "no disk ⏎ at com.shop.Disk.write(Disk.java:9)", "Disk.java"},
		{"quota", "no disk ⏎ Caused by: quota", "quota"},
	} {
		var terms []app.LogTerm
		if c.term != "" {
			terms = []app.LogTerm{{Text: c.term}}
		}
		r := newRow(splitTrace(), newMarker(terms))
		marked := ""
		for _, m := range r.marks {
			marked += r.said[m.From:m.To]
		}
		if r.said != c.said || marked != c.marked || r.lines != 4 || r.level() != app.LevelError {
			t.Errorf("of %q: %q with %q marked, %d lines, %s", c.term, r.said, marked, r.lines, r.level())
		}
	}
}

func TestLinesOfARow(t *testing.T) {
	record := splitTrace()
	record.Rest[0].Message += "\r\n\tin two lines\n"
	var said []string
	keys := map[string]bool{}
	for _, r := range linesOf(newRow(record, nil)) {
		said = append(said, r.said)
		keys[r.key] = true
	}
	want := "java.io.IOException: disk|    in two lines|    at com.shop.Disk.write(Disk.java:9)|Caused by: quota"
	if got := strings.Join(said, "|"); got != want || len(keys) != 4 {
		t.Errorf("%s, want %s, with %d keys", got, want, len(keys))
	}
	if rows := linesOf(newRow(app.LogRecord{LogEvent: record.LogEvent}, nil)); rows != nil {
		t.Errorf("one line has %d others", len(rows))
	}
}

func TestFieldsAsColumns(t *testing.T) {
	r := newRow(app.LogRecord{LogEvent: app.LogEvent{Message: `{"order":{"id":7,"tags":["a","b"]},"none":null}`}}, nil)
	for path, want := range map[string]string{"order.id": "7", "order.tags": "a, b", "none": "null", "no.such": "",
		"order": ""} {
		c := columnOf(path)
		if got := c.Cell(r).Text; got != want {
			t.Errorf("column %s (%s) says %q, want %q", path, c.Title, got, want)
		}
	}
}
