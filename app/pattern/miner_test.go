package pattern

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

// Where there are more shapes than are kept, those that are kept and what the others are counted under depend on
// nothing but the events, and none is lost.
func TestTooManyShapes(t *testing.T) {
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	mine := func(messages []string) (Set, *Miner) {
		m := NewMiner(app.Range{From: at, To: at.Add(time.Hour)}, time.Minute)
		m.most = 20
		for i, message := range messages {
			m.Add(app.LogEvent{At: at.Add(time.Duration(i%7-1) * time.Minute), Message: message})
		}
		return m.Mine(time.Minute), m
	}
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abcd")), 1, 4, -1)
	rapid.Check(t, func(t *rapid.T) {
		var messages []string
		for range rapid.IntRange(30, 120).Draw(t, "messages") {
			messages = append(messages, rapid.SampledFrom([]string{"get", "put", "say", ""}).Draw(t, "first")+" "+
				word.Draw(t, "second")+" "+word.Draw(t, "third"))
		}
		a, m := mine(messages)
		if a.Total+a.Before != len(messages) {
			t.Fatalf("%d events are counted of %d", a.Total+a.Before, len(messages))
		}
		if len(m.shapes) > m.most {
			t.Fatalf("%d shapes are kept", len(m.shapes))
		}
		// the same events, in another order but at the same times
		m2 := NewMiner(m.window, m.bucket)
		m2.most = m.most
		for _, i := range rapid.Permutation(indexes(len(messages))).Draw(t, "order") {
			m2.Add(app.LogEvent{At: at.Add(time.Duration(i%7-1) * time.Minute), Message: messages[i]})
		}
		b := m2.Mine(time.Minute)
		if len(a.Patterns) != len(b.Patterns) || m.kept != m2.kept {
			t.Fatalf("%d patterns, in another order %d", len(a.Patterns), len(b.Patterns))
		}
		for i, p := range a.Patterns {
			q := b.Patterns[i]
			if p.String() != q.String() || p.Count != q.Count || p.Before != q.Before || !p.First.Equal(q.First) ||
				!p.Last.Equal(q.Last) {
				t.Fatalf("%q of %d and %d is %q of %d and %d in another order", p.String(), p.Count, p.Before,
					q.String(), q.Count, q.Before)
			}
		}
	})
}

func indexes(n int) (all []int) {
	for i := range n {
		all = append(all, i)
	}
	return all
}
