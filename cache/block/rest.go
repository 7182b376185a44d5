package block

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Rest is what a search does not look at.
type Rest struct {
	ingested []int64 // ms after the event's own time
	streams  []string
	stream   []int // of each event, in streams
	idEnds   []int
	ids      []byte
	traces   []fact
	requests []fact
	raw      []byte
}

// ID returns the id of event i.
func (r *Rest) ID(i int) []byte {
	if i == 0 {
		return r.ids[:r.idEnds[0]]
	}
	return r.ids[r.idEnds[i-1]:r.idEnds[i]]
}

// fact is where an id that joins with other signals stands: mostly in the message itself, whence it was read.
type fact struct {
	how     int
	at, len int    // of inMessage and joined, in bytes of the message
	text    string // of apart
}

// The ways in which a fact is kept.
const (
	absent    = iota
	apart     // on its own
	inMessage // the bytes of the message there
	joined    // a trace id, of which the message has the 32 digits without "1-" and hyphens
)

func (p *Packer) rest(events []app.LogEvent) []byte {
	raw := binary.AppendUvarint(p.raw[:0], uint64(len(events)))
	for i := range events {
		raw = binary.AppendVarint(raw, events[i].Ingested.UnixMilli()-events[i].At.UnixMilli())
	}
	raw = appendStreams(raw, events)
	for i := range events {
		raw = binary.AppendUvarint(raw, uint64(len(events[i].ID)))
	}
	for i := range events {
		raw = append(raw, events[i].ID...)
	}
	for i := range events {
		raw = p.fact(raw, traceIn(events[i].Message, string(events[i].TraceID)))
	}
	for i := range events {
		raw = p.fact(raw, textIn(events[i].Message, events[i].RequestID))
	}
	p.raw = raw
	return p.seal(small, raw)
}

// appendStreams writes each name once.
func appendStreams(raw []byte, events []app.LogEvent) []byte {
	numbers := map[string]int{}
	var names []string
	for i := range events {
		if _, ok := numbers[events[i].Stream]; !ok {
			numbers[events[i].Stream] = len(names)
			names = append(names, events[i].Stream)
		}
	}
	raw = binary.AppendUvarint(raw, uint64(len(names)))
	for _, n := range names {
		raw = append(binary.AppendUvarint(raw, uint64(len(n))), n...)
	}
	for i := range events {
		raw = binary.AppendUvarint(raw, uint64(numbers[events[i].Stream]))
	}
	return raw
}

// fact writes a fact; one that the message does not hold is put into the filter, where the others are already.
func (p *Packer) fact(raw []byte, f fact) []byte {
	raw = binary.AppendUvarint(raw, uint64(f.how))
	switch f.how {
	case apart:
		p.filter.add([]byte(app.Fold(f.text)))
		return append(binary.AppendUvarint(raw, uint64(len(f.text))), f.text...)
	case inMessage:
		return binary.AppendUvarint(binary.AppendUvarint(raw, uint64(f.at)), uint64(f.len))
	case joined:
		return binary.AppendUvarint(raw, uint64(f.at))
	}
	return raw
}

func textIn(message, text string) fact {
	if text == "" {
		return fact{}
	}
	if at := strings.Index(message, text); at >= 0 {
		return fact{how: inMessage, at: at, len: len(text)}
	}
	return fact{how: apart, text: text}
}

func traceIn(message, id string) fact {
	f := textIn(message, id)
	if f.how == apart && isTrace(id) {
		if at := strings.Index(message, w3c(id)); at >= 0 {
			return fact{how: joined, at: at}
		}
	}
	return f
}

// traceLength is that of an id in X-Ray's form: 1-5fad4cc9-70259536495de84a2a6282cd.
const traceLength = 35

func isTrace(id string) bool { return len(id) == traceLength && id[:2] == "1-" && id[10] == '-' }

// w3c returns the 32 digits of an id in X-Ray's form.
func w3c(id string) string { return id[2:10] + id[11:] }

// OpenRest opens a column Rest.
func (u *Unpacker) OpenRest(column []byte) (err error) {
	r := &u.Rest
	if r.raw, err = u.opener.open(r.raw, column); err != nil {
		return err
	}
	c := cursor{r.raw, false}
	n := c.count()
	r.ingested = slices.Grow(r.ingested[:0], n)[:n]
	for i := range n {
		r.ingested[i] = c.signed()
	}
	r.readStreams(&c, n)
	r.idEnds = slices.Grow(r.idEnds[:0], n)[:n]
	end := 0
	for i := range n {
		end += c.size()
		r.idEnds[i] = end
	}
	r.ids = c.take(end)
	r.traces = readFacts(&c, r.traces, n)
	r.requests = readFacts(&c, r.requests, n)
	return c.end()
}

func (r *Rest) readStreams(c *cursor, n int) {
	names := c.count()
	r.streams = r.streams[:0]
	for range names {
		r.streams = append(r.streams, string(c.take(c.size())))
	}
	r.stream = slices.Grow(r.stream[:0], n)[:n]
	for i := range n {
		r.stream[i] = c.size()
		c.failed = c.failed || r.stream[i] >= names
	}
}

func readFacts(c *cursor, facts []fact, n int) []fact {
	facts = facts[:0]
	for range n {
		f := fact{how: c.size()}
		switch f.how {
		case apart:
			f.text = string(c.take(c.size()))
		case inMessage:
			f.at, f.len = c.size(), c.size()
		case joined:
			f.at, f.len = c.size(), traceLength-len("1--")
		case absent:
		default:
			c.failed = true
		}
		facts = append(facts, f)
	}
	return facts
}

func (u *Unpacker) trace(i int) string   { return u.fact(u.Rest.traces[i], i) }
func (u *Unpacker) request(i int) string { return u.fact(u.Rest.requests[i], i) }

// fact reads a fact of event i; one that points past its message is not one.
func (u *Unpacker) fact(f fact, i int) string {
	if f.how == absent || f.how == apart {
		return f.text
	}
	message := u.Text.Original(i)
	if f.at+f.len > len(message) {
		return ""
	}
	text := string(message[f.at:][:f.len])
	if f.how == joined {
		return "1-" + text[:8] + "-" + text[8:]
	}
	return text
}

// HasID reports whether the event at an instant of the open columns has this id.
func (u *Unpacker) HasID(at int64, id string) bool {
	i, _ := slices.BinarySearch(u.Times.At, at)
	for ; i < len(u.Times.At) && u.Times.At[i] == at; i++ {
		if bytes.Equal(u.Rest.ID(i), []byte(id)) {
			return true
		}
	}
	return false
}

// Joins reports whether event i is of a trace and of a request; an empty one does not narrow. All columns have to be open.
func (u *Unpacker) Joins(i int, trace app.TraceID, request string) bool {
	return (trace == "" || u.trace(i) == string(trace)) && (request == "" || u.request(i) == request)
}
