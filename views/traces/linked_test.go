package traces

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

// A consumer of messages links to the traces that sent them; each of them leads back to it.
func TestLinkedTracesLeadToEachOther(t *testing.T) {
	place, at := drawertest.Checkout.Scope, drawertest.Ago(time.Hour)
	sender := app.Trace{Scope: place, ID: "1-62e900a0-000000000000000000000001", Start: at, Response: time.Second,
		Entry: "producer", Fault: true, Revision: 1,
		Spans: []app.Span{{ID: "6170000000000001", Kind: app.Segment, Name: "producer", Service: "producer", Start: at,
			End: at.Add(time.Second)}}}
	consumer := app.Trace{Scope: place, ID: "1-62e900b2-710d76f009d6e7785905449a", Start: at.Add(time.Minute),
		Response: 2 * time.Second, Entry: "consumer", Revision: 1,
		Spans: []app.Span{{ID: "6160000000000001", Kind: app.Segment, Name: "consumer", Service: "consumer",
			Start: at.Add(time.Minute), End: at.Add(time.Minute + time.Second),
			SpanDetail: app.SpanDetail{Links: []string{string(sender.ID), "1-62e900a0-000000000000000000000002",
				string(sender.ID)}}}}}
	c := &drawertest.Cache{AllTraces: []app.Trace{sender, consumer}}
	s := drawertest.New(t, c, 900, Details(c))
	s.Session.Selected.Set(app.Trace{Scope: place, ID: consumer.ID})
	drawertest.Check(t, "consumer", strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "), "LINKS TO producer,",
		"fault · 1 s 1",
		"A trace,", "not in the cache 2", "!LINKED FROM")
	s.Rune('1')
	if now, ok := s.Session.Selected.Now().(app.Trace); !ok || now.ID != sender.ID {
		t.Fatalf("1 leads to %v", s.Session.Selected.Now())
	}
	drawertest.Check(t, "producer", strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "), "LINKED FROM consumer,",
		"2 s 1", "!LINKS TO")
	s.Rune('1')
	if now, ok := s.Session.Selected.Now().(app.Trace); !ok || now.ID != consumer.ID {
		t.Errorf("1 leads back to %v", s.Session.Selected.Now())
	}
}

func TestManyLinksAreCounted(t *testing.T) {
	var links []app.TraceID
	for i := range maxLinked + 5 {
		links = append(links, app.TraceID("1-62e900a0-0000000000000000000000"+string(rune('a'+i/10))+
			string(rune('0'+i%10))))
	}
	empty := &drawertest.Cache{}
	l, err := readLinked(t.Context(), empty.Open(t), app.Trace{ID: "x"}, links)
	if err != nil || len(l.to) != maxLinked || l.moreTo != 5 || l.to[0].cached || l.to[0].trace.Start.IsZero() {
		t.Errorf("%d are shown, %d more, %v", len(l.to), l.moreTo, err)
	}
}
