// Package export writes what a question finds to a file, for other programs and for people: CSV, JSON lines or text. It
// streams, so that a result may be of any size, and keeps its memory.
package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// Format is how a file is written.
type Format uint8

// The formats.
const (
	// CSV is as RFC 4180 has it, with a line of titles. A text that a spreadsheet would take for a formula has an
	// apostrophe before it (OWASP, "CSV Injection").
	CSV Format = iota
	// JSONLines is an object a line, as nephograph search --json prints it, with times in the zone.
	JSONLines
	// Text is a line for each event, and the further lines of its message set in below it.
	Text
)

// Formats are all formats.
var Formats = []Format{CSV, JSONLines, Text}

var formatNames = [...]struct{ name, says, ending string }{
	{"csv", "CSV", ".csv"}, {"jsonl", "JSON lines", ".jsonl"}, {"text", "Text", ".txt"},
}

// String returns csv, jsonl or text.
func (f Format) String() string { return formatNames[f].name }

// Title returns the name of the format as a person reads it.
func (f Format) Title() string { return formatNames[f].says }

// Ending returns how the name of a file in the format ends, with the dot.
func (f Format) Ending() string { return formatNames[f].ending }

// ParseFormat reads csv, jsonl or text.
func ParseFormat(name string) (Format, error) {
	for i, f := range formatNames {
		if f.name == strings.ToLower(name) {
			return Format(i), nil
		}
	}
	return 0, fmt.Errorf("a format is csv, jsonl or text, not %q", name)
}

// FileName proposes a name for a file of what, made at an TimeFormat: nephograph-logs-20260503T1400.csv.
func FileName(what string, at time.Time, f Format) string {
	return "nephograph-" + what + "-" + at.Format("20060102T1504") + f.Ending()
}

// progressEvery is how many items are written between two calls of progress: some hundred thousand are written a
// second.
const progressEvery = 5_000

// Logs writes log events in their order, with times in a zone, and returns how many it has written. progress is called
// now and then with how many those are; it may be nil. An error of events or of the writer ends it.
func Logs(
	w io.Writer, f Format, zone *time.Location, events iter.Seq2[app.LogEvent, error], progress func(n int),
) (n int, err error) {
	out := bufio.NewWriterSize(w, 256<<10)
	write, err := logWriter(out, f, zone)
	if err != nil {
		return 0, err
	}
	for e, err := range events {
		if err != nil {
			return n, err
		}
		if err := write(e); err != nil {
			return n, err
		}
		if n++; progress != nil && n%progressEvery == 0 {
			progress(n)
		}
	}
	return n, out.Flush()
}

// logWriter writes what a file begins with, and returns what writes one event.
func logWriter(out *bufio.Writer, f Format, zone *time.Location) (write func(app.LogEvent) error, err error) {
	switch f {
	case JSONLines:
		encoder := json.NewEncoder(EscapeJSON(out))
		encoder.SetEscapeHTML(false)
		return func(e app.LogEvent) error {
			e.At, e.Ingested = e.At.In(zone), e.Ingested.In(zone)
			return encoder.Encode(e)
		}, nil
	case Text:
		return func(e app.LogEvent) error { return writeText(out, zone, e) }, nil
	}
	rows := csv.NewWriter(out) // has no buffer of its own, as out is one
	return func(e app.LogEvent) error {
		fields := logFields(zone, e)
		for i := range fields {
			fields[i] = Cell(fields[i])
		}
		return rows.Write(fields)
	}, rows.Write(logTitles)
}

// logTitles are the columns of CSV.
var logTitles = []string{"time", "level", "account", "region", "group", "stream", "message", "trace_id", "request_id",
	"ingested", "id"}

// TimeFormat is RFC 3339 with milliseconds, which CloudWatch Logs keeps, and spreadsheets and databases read with its
// zone.
const TimeFormat = "2006-01-02T15:04:05.000Z07:00"

func logFields(zone *time.Location, e app.LogEvent) []string {
	return []string{e.At.In(zone).Format(TimeFormat), e.Level.String(), e.Account, e.Region, e.Group, e.Stream, e.Message,
		string(e.TraceID), e.RequestID, e.Ingested.In(zone).Format(TimeFormat), e.ID}
}

// Cell returns a text as a cell of CSV: without hidden characters, and so that no spreadsheet takes it for a formula.
func Cell(text string) string {
	text = phrase.Visible(text)
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

// writeText writes an event as a person reads it.
func writeText(out io.Writer, zone *time.Location, e app.LogEvent) error {
	message := phrase.Visible(strings.TrimRight(app.PlainText(e.Message), "\r\n"))
	level := e.Level.String()
	if level == "" {
		level = "-"
	}
	_, err := fmt.Fprintf(out, "%s %s %s %s %s\n", e.At.In(zone).Format(TimeFormat), level, e.Scope,
		phrase.VisibleLine(e.Group), strings.ReplaceAll(message, "\n", "\n\t"))
	return err
}
