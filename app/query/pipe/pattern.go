package pipe

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
)

// pattern makes rows of the patterns of the messages, as the columns of Logs Insights call them.
func (b *builder) pattern() {
	s := &mining{miner: pattern.NewMiner(b.options.Range, pattern.BucketFor(b.options.Range))}
	hasEvents := !b.after
	b.made, b.after, b.columns, b.shown, b.display = map[string]int{}, true, nil, nil, false
	for _, name := range []string{"@pattern", "@ratio", "@sampleCount", "@severityLabel"} {
		s.places = append(s.places, b.make(name))
		b.column(Column{Name: name}, b.field(name))
	}
	if !hasEvents {
		s.miner = nil
		b.notes.add("pattern stands before stats: after it there are no messages.")
	}
	b.then(func(next stage) stage { s.next, s.width = next, b.places; return s })
}

// mining is pattern. Unlike AWS it looks at every message, and not at a sample.
type mining struct {
	miner  *pattern.Miner // nil: there are no messages
	places []int
	width  int
	next   stage
}

func (m *mining) push(r *record) bool {
	if m.miner == nil || r.event == nil {
		return false
	}
	m.miner.Add(*r.event)
	return true
}

func (m *mining) flush() {
	if m.miner != nil {
		row := record{made: make([]Value, m.width)}
		for _, p := range m.miner.Mine(0).Patterns {
			clear(row.made)
			for i, v := range []Value{textOf(p.String()), numberOf(p.Share), numberOf(float64(p.Count)),
				severity(p.Level())} {
				row.made[m.places[i]] = v
			}
			if !m.next.push(&row) {
				break
			}
		}
	}
	m.next.flush()
}

func severity(l app.Level) Value { return known(l.String()) }
