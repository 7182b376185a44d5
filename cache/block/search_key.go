package block

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// key is met by events that have a stream, a trace or a request.
type key struct {
	app.LogTerm
	grams grams
}

// traceDigits is how many digits at the end of the id of a trace are in both of its forms.
const traceDigits = 24

func newKey(t app.LogTerm) condition {
	k := &key{LogTerm: t}
	switch t.Key {
	case app.KeyTrace:
		k.grams.add(app.Fold(t.Text[max(0, len(t.Text)-traceDigits):]))
	case app.KeyRequest:
		k.grams.add(app.Fold(t.Text))
	}
	return k
}

func (k *key) mayMatch(b *Summary) bool { return k.grams.in(b.Filter) }

func (k *key) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	return every(from, end, to), false
}

func (k *key) meets(u *Unpacker, i int) bool {
	var e app.LogEvent
	switch k.Key {
	case app.KeyTrace:
		e.TraceID = app.TraceID(u.trace(i))
	case app.KeyRequest:
		e.RequestID = u.request(i)
	case app.KeyStream:
		e.Stream = u.Rest.streams[u.Rest.stream[i]]
	}
	return query.HasKey(k.LogTerm, e)
}

func (k *key) needle() int  { return 0 }
func (k *key) cost() int    { return costRest }
func (k *key) needs() needs { return needs{filter: len(k.grams) > 0, rest: true} }
