package block

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Rest is what a search does not read: the event ids as they are, because they do not compress, and the other values in
// a compressed column within this one.
type Rest struct {
	ingested []int64 // ms after the event's own time
	streams  []string
	stream   []int // of each event, in streams
	textID   []int // of each event: where its id ends in textIDs, -1 for a number of 56 digits
	textIDs  []byte
	traces   []idPlace
	requests []idPlace
	packed   []byte // idBytes for each event
	outer    []byte
	raw      []byte
}

// ID returns the id of event i.
func (r *Rest) ID(i int) []byte {
	if r.textID[i] < 0 {
		return unpackID(r.packed[i*idBytes:])
	}
	start := 0
	for k := i - 1; k >= 0; k-- {
		if r.textID[k] >= 0 {
			start = r.textID[k]
			break
		}
	}
	return r.textIDs[start:r.textID[i]]
}

// idPlace is where the id of a trace or a request is: usually in the message itself, from which it was read.
type idPlace struct {
	how     int
	at, len int    // of inMessage and joined, in bytes of the message
	text    string // of apart
}

// Where an id may be.
const (
	absent     = iota
	separate   // on its own
	inMessage  // the bytes of the message there
	digitsOnly // a trace id, of which the message has the 32 digits without "1-" and hyphens
)

func (p *Packer) rest(events []app.LogEvent) []byte {
	raw := binary.AppendUvarint(p.raw[:0], uint64(len(events)))
	for i := range events {
		raw = binary.AppendVarint(raw, events[i].Ingested.UnixMilli()-events[i].At.UnixMilli())
	}
	raw = appendStreams(raw, events)
	for i := range events {
		raw = appendTextID(raw, events[i].ID)
	}
	for i := range events {
		raw = p.idPlace(raw, traceIn(events[i].Message, string(events[i].TraceID)))
	}
	for i := range events {
		raw = p.idPlace(raw, textIn(events[i].Message, events[i].RequestID))
	}
	p.raw = raw
	inner := p.seal(zstdFrame, raw)
	return p.seal(stored, append(ids(binary.AppendUvarint(nil, uint64(len(events))), events), inner...))
}

// ids appends the packed ids. One that is not a number of 56 digits is zeros here and is written by appendTextID.
func ids(to []byte, events []app.LogEvent) []byte {
	for i := range events {
		packed, ok := packID(to, events[i].ID)
		if !ok {
			packed = append(to, make([]byte, idBytes)...)
		}
		to = packed
	}
	return to
}

// appendTextID writes an id that is not a number of 56 digits after its length plus one, and zero for one that is.
func appendTextID(raw []byte, id string) []byte {
	var room [idBytes]byte
	if _, ok := packID(room[:0], id); ok {
		return append(raw, 0)
	}
	return append(binary.AppendUvarint(raw, uint64(len(id))+1), id...)
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

// idPlace writes where an id is. One that the message does not hold is added to the filter, which has the others.
func (p *Packer) idPlace(raw []byte, f idPlace) []byte {
	raw = binary.AppendUvarint(raw, uint64(f.how))
	switch f.how {
	case separate:
		p.filter.add([]byte(app.Fold(f.text)))
		return append(binary.AppendUvarint(raw, uint64(len(f.text))), f.text...)
	case inMessage:
		return binary.AppendUvarint(binary.AppendUvarint(raw, uint64(f.at)), uint64(f.len))
	case digitsOnly:
		return binary.AppendUvarint(raw, uint64(f.at))
	}
	return raw
}

func textIn(message, text string) idPlace {
	if text == "" {
		return idPlace{}
	}
	if at := strings.Index(message, text); at >= 0 {
		return idPlace{how: inMessage, at: at, len: len(text)}
	}
	return idPlace{how: separate, text: text}
}

func traceIn(message, id string) idPlace {
	f := textIn(message, id)
	if f.how == separate && isTrace(id) {
		if at := strings.Index(message, w3c(id)); at >= 0 {
			return idPlace{how: digitsOnly, at: at}
		}
	}
	return f
}

// traceLength is the length of a trace id in the form of X-Ray: 1-5fad4cc9-70259536495de84a2a6282cd.
const traceLength = 35

func isTrace(id string) bool { return len(id) == traceLength && id[:2] == "1-" && id[10] == '-' }

// w3c returns the 32 digits of a trace id in the form of X-Ray.
func w3c(id string) string { return id[2:10] + id[11:] }

// OpenRest opens a column Rest.
func (u *Unpacker) OpenRest(column []byte) (err error) {
	r := &u.Rest
	if r.outer, err = u.opener.open(r.outer, column); err != nil {
		return err
	}
	outside := cursor{r.outer, false}
	packed := outside.count()
	r.packed = outside.take(packed * idBytes)
	if outside.failed {
		return ErrDamaged
	}
	if r.raw, err = u.opener.open(r.raw, outside.rest); err != nil {
		return err
	}
	c := cursor{r.raw, false}
	n := c.count()
	c.failed = c.failed || n != packed
	r.ingested = slices.Grow(r.ingested[:0], n)[:n]
	for i := range n {
		r.ingested[i] = c.signed()
	}
	r.readStreams(&c, n)
	r.textID, r.textIDs = slices.Grow(r.textID[:0], n)[:n], r.textIDs[:0]
	for i := range n {
		r.textID[i] = -1
		if size := c.size(); size > 0 {
			r.textIDs = append(r.textIDs, c.take(size-1)...)
			r.textID[i] = len(r.textIDs)
		}
	}
	r.traces = readIDPlaces(&c, r.traces, n)
	r.requests = readIDPlaces(&c, r.requests, n)
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

func readIDPlaces(c *cursor, facts []idPlace, n int) []idPlace {
	facts = facts[:0]
	for range n {
		f := idPlace{how: c.size()}
		switch f.how {
		case separate:
			f.text = string(c.take(c.size()))
		case inMessage:
			f.at, f.len = c.size(), c.size()
		case digitsOnly:
			f.at, f.len = c.size(), traceLength-len("1--")
		case absent:
		default:
			c.failed = true
		}
		facts = append(facts, f)
	}
	return facts
}

func (u *Unpacker) trace(i int) string   { return u.idAt(u.Rest.traces[i], i) }
func (u *Unpacker) request(i int) string { return u.idAt(u.Rest.requests[i], i) }

// idAt reads an id of event i. A place beyond the end of the message gives none.
func (u *Unpacker) idAt(f idPlace, i int) string {
	if f.how == absent || f.how == separate {
		return f.text
	}
	message := u.Text.Original(i)
	if f.at+f.len > len(message) {
		return ""
	}
	text := string(message[f.at:][:f.len])
	if f.how == digitsOnly {
		return "1-" + text[:8] + "-" + text[8:]
	}
	return text
}

// HasID reports whether the event at an instant of the open columns has this id.
func (u *Unpacker) HasID(at int64, id string) bool {
	var room [idBytes]byte
	packed, number := packID(room[:0], id)
	r := &u.Rest
	i, _ := slices.BinarySearch(u.Times.At, at)
	for ; i < len(u.Times.At) && u.Times.At[i] == at; i++ {
		switch {
		case number && r.textID[i] < 0 && bytes.Equal(r.packed[i*idBytes:][:idBytes], packed):
			return true
		case !number && r.textID[i] >= 0 && string(r.ID(i)) == id:
			return true
		}
	}
	return false
}

// HasStream reports whether any event of the open column Rest is of a stream.
func (u *Unpacker) HasStream(name string) bool { return slices.Contains(u.Rest.streams, name) }

// Stream returns the stream of event i of the open column Rest.
func (u *Unpacker) Stream(i int) string { return u.Rest.streams[u.Rest.stream[i]] }

// HasIDs reports whether event i has this trace id and this request id; an empty one matches any. All columns have to
// be open.
func (u *Unpacker) HasIDs(i int, trace app.TraceID, request string) bool {
	return (trace == "" || u.trace(i) == string(trace)) && (request == "" || u.request(i) == request)
}
