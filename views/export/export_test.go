package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

var rome = time.FixedZone("CEST", 2*60*60)

func sequence(events []app.LogEvent) iter.Seq2[app.LogEvent, error] {
	return func(yield func(app.LogEvent, error) bool) {
		for _, e := range events {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func event(message string) app.LogEvent {
	return app.LogEvent{Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"}, Group: "/aws/lambda/checkout",
		Stream: "s", ID: "1", At: time.UnixMilli(1_777_800_000_123), Ingested: time.UnixMilli(1_777_800_001_000),
		Message: message, LogFacts: app.LogFacts{Level: app.LevelError, RequestID: "r"}}
}

func TestLogs(t *testing.T) {
	const head = "time,level,account,region,group,stream,message,trace_id,request_id,ingested,id\n"
	const row = "2026-05-03T11:20:00.123+02:00,ERROR,111122223333,eu-west-1,/aws/lambda/checkout,s,"
	for _, c := range []struct {
		format        Format
		message, want string
	}{
		{CSV, `no "disk", no`, head + row + `"no ""disk"", no",,r,2026-05-03T11:20:01.000+02:00,1` + "\n"},
		{CSV, "=HYPERLINK(1)", head + row + "'=HYPERLINK(1),,r,2026-05-03T11:20:01.000+02:00,1\n"},
		{CSV, "a\x1b[31mb\x00", head + row + `a\x1b[31mb\x00,,r,2026-05-03T11:20:01.000+02:00,1` + "\n"},
		{JSONLines, "<a>\u202e",
			`{"account":"111122223333","region":"eu-west-1","group":"/aws/lambda/checkout","stream":"s",` +
				`"id":"1","at":"2026-05-03T11:20:00.123+02:00","ingested":"2026-05-03T11:20:01+02:00",` +
				`"message":"<a>\u202e","level":"ERROR","request_id":"r"}` + "\n"},
		{Text, "\x1b[31mno\x1b[0m disk\n\tat f\x00\r\n", "2026-05-03T11:20:00.123+02:00 ERROR 111122223333/eu-west-1 " +
			"/aws/lambda/checkout no disk\n\t\tat f\\x00\n"},
	} {
		var b bytes.Buffer
		n, err := Logs(&b, c.format, rome, sequence([]app.LogEvent{event(c.message)}), nil)
		if n != 1 || err != nil || b.String() != c.want {
			t.Errorf("%s of %q: %d, %v\n%s\nwant\n%s", c.format, c.message, n, err, b.String(), c.want)
		}
	}
}

// TestWhatIsWrittenIsRead reads files back: no event is lost, and no character that a terminal or a spreadsheet acts on
// is there.
func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var events []app.LogEvent
		for _, m := range rapid.SliceOfN(rapid.String(), 1, 20).Draw(t, "messages") {
			events = append(events, event(m))
		}
		for _, f := range Formats {
			var b bytes.Buffer
			if n, err := Logs(&b, f, rome, sequence(events), nil); n != len(events) || err != nil {
				t.Fatalf("%s: %d of %d, %v", f, n, len(events), err)
			}
			if strings.ContainsFunc(b.String(), phrase.Hidden) {
				t.Fatalf("%s has characters that are not seen: %q", f, b.String())
			}
		}
		var b bytes.Buffer
		_, _ = Logs(&b, CSV, rome, sequence(events), nil)
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(rows) != 1+len(events) {
			t.Fatalf("%d rows of %d events, %v", len(rows), len(events), err)
		}
		for _, row := range rows {
			if m := row[6]; m != "" && strings.ContainsAny(m[:1], "=+-@") {
				t.Fatalf("%q is a formula", m)
			}
		}
		_, _ = Logs(&b, JSONLines, rome, sequence(events), nil)
		for d := json.NewDecoder(&b); ; {
			var e app.LogEvent
			if err := d.Decode(&e); err == io.EOF {
				break
			} else if err != nil || e.Message != strings.ToValidUTF8(events[0].Message, "\ufffd") {
				t.Fatalf("%q is read as %q, %v", events[0].Message, e.Message, err)
			}
			events = events[1:]
		}
	})
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestProblemsEndAnExport(t *testing.T) {
	many := make([]app.LogEvent, 3*progressEvery)
	told := 0
	if n, err := Logs(io.Discard, Text, time.UTC, sequence(many), func(n int) { told += n }); n != len(many) ||
		err != nil ||
		told != 6*progressEvery {
		t.Errorf("%d, %v, told %d", n, err, told)
	}
	if _, err := Logs(full{}, CSV, time.UTC, sequence(many), nil); err == nil {
		t.Error("a full disk is no error")
	}
	broken := func(yield func(app.LogEvent, error) bool) { yield(app.LogEvent{}, errors.New("damaged")) }
	if n, err := Logs(io.Discard, CSV, time.UTC, broken, nil); n != 0 || err == nil {
		t.Errorf("%d, %v", n, err)
	}
}

// BenchmarkLogs writes events of 250 bytes. Budget: 100,000 a second, so that a million takes
// ten seconds (440,000 of CSV and of text were measured, 200,000 of JSON lines).
func BenchmarkLogs(b *testing.B) {
	e := event(strings.Repeat("abcd efgh ", 25))
	for _, f := range Formats {
		b.Run(f.String(), func(b *testing.B) {
			n := 0
			_, err := Logs(io.Discard, f, time.UTC, func(yield func(app.LogEvent, error) bool) {
				for n < b.N && yield(e, nil) {
					n++
				}
			}, nil)
			if err != nil {
				b.Fatal(err)
			}
		})
	}
}
