package cache

import (
	"fmt"
	"io"
	"iter"
	"math"
	long "math/big"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// The large cache: a million log events and what belongs to them, made up from a seed, page by page. Whoever changes
// what is made up raises bulkVersion, so that kept files are made anew.
const (
	bulkVersion = 1
	bulkEvents  = 1_000_000
	bulkDays    = 14
	bulkSeed    = 20260302
)

var (
	bulkPlace = app.Scope{Account: "111122223333", Region: "eu-central-1"}
	bulkStart = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) // a Monday
	bulkRange = app.Range{From: bulkStart, To: bulkStart.AddDate(0, 0, bulkDays)}
)

// bulkGroup is one log group of the large cache.
type bulkGroup struct {
	name    string
	share   float64 // of all events
	streams int     // that write at once
	life    time.Duration
	write   func(*scribe)
}

// bulkGroups are written by what writes logs in an account: functions, containers, load balancers, hosts.
func bulkGroups() []bulkGroup {
	const day = 24 * time.Hour
	return []bulkGroup{
		{"/aws/lambda/checkout", .16, 9, 4 * time.Hour, (*scribe).lambda},
		{"/aws/lambda/inventory", .07, 5, 4 * time.Hour, (*scribe).lambda},
		{"/aws/lambda/thumbnails", .04, 3, 4 * time.Hour, (*scribe).lambdaText},
		{"/ecs/orders-api", .15, 6, 3 * day, (*scribe).json},
		{"/ecs/payments", .10, 4, 3 * day, (*scribe).jsonW3C},
		{"/ecs/search", .10, 4, 3 * day, (*scribe).logfmt},
		{"/ecs/catalog", .11, 4, 3 * day, (*scribe).java},
		{"/ecs/mailer", .05, 2, 3 * day, (*scribe).python},
		{"/nginx/edge", .09, 3, 7 * day, (*scribe).nginx},
		{"/elb/shop-alb", .03, 2, day, (*scribe).alb},
		{"/hosts/auth", .07, 4, 14 * day, (*scribe).auth},
		{"/aws/apigateway/shop", .03, 2, day, (*scribe).gateway},
	}
}

// bulkLogs yields about so many events in pages as a pull keeps them: at most 10,000 events of one group, oldest first,
// the groups in turn. The same number makes the same events. A page is the caller's to keep.
func bulkLogs(events int) iter.Seq[[]app.LogEvent] {
	return func(yield func([]app.LogEvent) bool) {
		var writers []*bulkWriter
		for i, g := range bulkGroups() {
			writers = append(writers, newBulkWriter(g, uint64(i), int(math.Round(g.share*float64(events)))))
		}
		for more := true; more; {
			more = false
			for _, w := range writers {
				page := w.page(logPage)
				if len(page) == 0 {
					continue
				}
				if more = true; !yield(page) {
					return
				}
			}
		}
	}
}

// bulkWriter makes up the events of one group.
type bulkWriter struct {
	group   bulkGroup
	scribe  *scribe
	clock   rhythm
	streams []string
	events  int // in all
	done    int
	last    time.Time
}

func newBulkWriter(g bulkGroup, n uint64, events int) *bulkWriter {
	s := newScribe(n)
	w := &bulkWriter{group: g, scribe: s, streams: make([]string, g.streams), events: events, last: bulkStart}
	s.service = g.name[strings.LastIndexByte(g.name, '/')+1:]
	return w
}

// page returns the next events, none at the end.
func (w *bulkWriter) page(most int) []app.LogEvent {
	page := make([]app.LogEvent, 0, min(most, w.events-w.done))
	for len(page) < cap(page) {
		page = append(page, w.event())
	}
	return page
}

func (w *bulkWriter) event() app.LogEvent {
	at := w.clock.at((float64(w.done) + w.scribe.Float64()) / float64(w.events))
	if at.Before(w.last) { // two neighbours may change places
		at = w.last
	}
	w.last = at
	w.done++
	message := w.scribe.message(at, w.group.write)
	return app.LogEvent{Scope: bulkPlace, Group: w.group.name, Stream: w.stream(at), ID: w.scribe.eventID(at), At: at,
		Ingested: at.Add(time.Duration(150+w.scribe.IntN(2500)) * time.Millisecond), Message: message,
		LogFacts: app.ReadFacts(message)}
}

// stream returns one of the streams that write at that time; each is followed by a new one as containers come and go.
func (w *bulkWriter) stream(at time.Time) string {
	i := w.scribe.IntN(len(w.streams))
	expected := float64(w.group.life/time.Second) * float64(w.events) / float64(len(w.streams)) / bulkRange.Length().Seconds()
	if w.streams[i] == "" || w.scribe.Float64()*expected < 1 {
		if strings.HasPrefix(w.group.name, "/aws/lambda/") {
			w.streams[i] = at.Format("2006/01/02/[$LATEST]") + w.scribe.hex(32)
		} else {
			w.streams[i] = w.scribe.service + "/app/" + w.scribe.hex(32)
		}
	}
	return w.streams[i]
}

// eventID returns an id of the form and length that FilterLogEvents gives, which begins with the time: the milliseconds
// in the upper bits, over 144 that are here all random. AWS counts up in the lowest of them.
func (s *scribe) eventID(at time.Time) string {
	n := long.NewInt(at.UnixMilli())
	for range 3 {
		n.Lsh(n, 48).Or(n, long.NewInt(s.Int64N(1<<48)))
	}
	return fmt.Sprintf("%056d", n)
}

// rhythm spreads events over the days: most in the evening, few before dawn, fewer at the weekend.
type rhythm struct {
	minute int     // of the range
	before float64 // weight of the minutes before
}

// minuteWeight says how much happens in a minute of the range, 1 on average of a weekday.
func minuteWeight(minute int) float64 {
	hours := float64(minute%1440) / 60
	w := 1 + .75*math.Sin((hours-11)/24*2*math.Pi)
	if day := minute / 1440 % 7; day >= 5 {
		w *= .6
	}
	return w
}

// at returns the time by which a part of all events has happened. Parts are asked for in rising order.
func (r *rhythm) at(part float64) time.Time {
	goal := part * (bulkDays / 7 * (5 + 2*.6) * 1440)
	for r.minute < bulkDays*1440-1 && r.before+minuteWeight(r.minute) < goal {
		r.before += minuteWeight(r.minute)
		r.minute++
	}
	within := min(max((goal-r.before)/minuteWeight(r.minute), 0), .99999)
	return bulkStart.Add(time.Duration((float64(r.minute) + within) * float64(time.Minute))).Truncate(time.Millisecond)
}

// writeText writes one event a line as `aws logs tail --format short` does: time, space, message, which every reader of
// log files understands. The newlines within a message become spaces, so that a line is an event in both.
func writeText(w io.Writer, events []app.LogEvent) error {
	for i := range events {
		e := &events[i]
		_, err := fmt.Fprintf(w, "%s %s\n", e.At.Format("2006-01-02T15:04:05.000Z"),
			strings.ReplaceAll(e.Message, "\n", " "))
		if err != nil {
			return err
		}
	}
	return nil
}

func TestBulkLogs(t *testing.T) {
	const events = 24_000
	seen, size, last := map[string]bool{}, 0, map[string]time.Time{}
	for page := range bulkLogs(events) {
		if len(page) > logPage {
			t.Fatalf("a page of %d", len(page))
		}
		for _, e := range page {
			if e.Group != page[0].Group || e.At.Before(last[e.Group]) || !bulkRange.Contains(e.At) ||
				!e.Ingested.After(e.At) {
				t.Fatalf("%s at %s after %s", e.Group, e.At, last[e.Group])
			}
			if len(e.ID) != 56 || seen[e.ID] {
				t.Fatalf("id %q", e.ID)
			}
			if e.Message == "" {
				t.Fatal("an empty message")
			}
			seen[e.ID], last[e.Group] = true, e.At
			size += len(e.Message)
		}
	}
	if len(seen) != events || len(last) != 12 {
		t.Errorf("%d events in %d groups", len(seen), len(last))
	}
	if mean := size / len(seen); mean < 235 || mean > 265 {
		t.Errorf("a message has %d bytes on average, want 250", mean)
	}
}

func TestBulkLogsAreTheSameAgain(t *testing.T) {
	first := make(map[string]string)
	for page := range bulkLogs(1200) {
		for _, e := range page {
			first[e.ID] = e.Stream + e.Message
		}
	}
	for page := range bulkLogs(1200) {
		for _, e := range page {
			if first[e.ID] != e.Stream+e.Message {
				t.Fatalf("%s differs", e.ID)
			}
		}
	}
}
