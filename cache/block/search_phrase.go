package block

import (
	"bytes"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// phrase is met by messages that hold a text.
type phrase struct {
	text
	// The whole text, where lead is only a part of it since JSON may escape the rest, such as a slash: it is all there
	// is to find where nothing is escaped.
	written finder
}

func newPhrase(t app.LogTerm) condition {
	c := query.NewCondition(t, nil)
	p := &phrase{text: newText(c, c.Parts())}
	if p.Written() && !p.Plain() && len(p.Text) > 0 {
		p.written = newFinder([]byte(p.Text))
	}
	return p
}

func (p *phrase) find(u *Unpacker, from, end int, to []int32) (found []int32, exact bool) {
	f, exact := &p.lead, p.Plain()
	if len(p.written.needle) > 0 && bytes.IndexByte(u.Text.Folded, '\\') < 0 {
		f, exact = &p.written, true
	}
	if len(f.needle) == 0 {
		return every(from, end, to), false
	}
	return p.findBy(f, u, from, end, to, func(i, at int) bool { return within(&u.Text, f, i, at) }), exact
}

func (p *phrase) cost() int { return costText }
