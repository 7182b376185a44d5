package simulator

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// unsettled is a call to a server over w at an instant, whose data arrives late.
func unsettled(s *Server, at time.Time) *call {
	return &call{server: s, now: at, mishap: mishap{unsettled: true}}
}

func TestDelays(t *testing.T) {
	d := delays{{0.5, time.Second}, {1, time.Hour}}
	const top = 1 << 63
	for number, want := range map[uint64]time.Duration{0: 0, top / 2: time.Second / 2, top: time.Second,
		top + top/2: (time.Hour + time.Second) / 2} {
		if got := d.of(number); (got - want).Abs() > time.Microsecond {
			t.Errorf("%x is %s late, want %s", number, got, want)
		}
	}
	for name, d := range map[string]delays{"logs": logDelays, "trail": trailDelays, "segments": segmentDelays,
		"samples": sampleDelays, "history": historyDelays} {
		last, share := time.Duration(-1), 0.0
		for n := uint64(0); n < 1000; n++ {
			late := d.of(n << 54)
			if late < last || late > d.most() {
				t.Fatalf("%s: %s follows %s", name, late, last)
			}
			last = late
		}
		for _, part := range d {
			if part.share <= share {
				t.Errorf("%s: shares %v", name, d)
			}
			share = part.share
		}
		if share != 1 {
			t.Errorf("%s: the last share is %v", name, share)
		}
	}
}

// TestArrival watches a world from its last hours on: nothing is seen before its time, nothing that was seen goes away,
// some things come late and in no order, and in the end all is there, as the truth says.
func TestArrival(t *testing.T) {
	w := scenario(t, 0.05)
	s := New(w, Options{})
	within := app.Range{From: anchor.Add(-4 * time.Hour), To: anchor}
	seen := map[string]time.Time{} // when first, by what
	for now := within.From; now.Before(anchor.Add(150 * time.Minute)); now = now.Add(time.Minute) {
		c := unsettled(s, now)
		look := func(id string, at time.Time, late delays) {
			first, known := seen[id]
			switch {
			case c.sees(at, id, late) && !known:
				seen[id] = now
			case !c.sees(at, id, late) && known:
				t.Fatalf("%s was seen at %v and is not at %v", id, first, now)
			}
		}
		for _, p := range w.Places {
			for _, events := range p.Events {
				for _, e := range events {
					if within.Contains(e.At) {
						look(e.ID, e.Ingested, logDelays)
					}
				}
			}
			for _, e := range p.Trail {
				if within.Contains(e.At) {
					look(e.ID, e.At, trailDelays)
				}
			}
		}
	}
	var late []time.Duration
	check := func(id string, at time.Time, most time.Duration) {
		first, ok := seen[id]
		if after := first.Sub(at); !ok || after < 0 || after > most+2*time.Minute {
			t.Errorf("%s of %v is seen at %v", id, at, first)
		} else {
			late = append(late, after)
		}
	}
	disorder := 0
	for _, p := range w.Places {
		for _, events := range p.Events {
			for _, e := range events {
				if within.Contains(e.At) {
					check(e.ID, e.At, 2*time.Hour)
				}
			}
		}
		last := time.Time{}
		for _, e := range p.Trail {
			if within.Contains(e.At) {
				check(e.ID, e.At, 85*time.Minute)
				if seen[e.ID].Before(last) {
					disorder++
				}
				last = seen[e.ID]
			}
		}
	}
	slices.Sort(late)
	if len(late) < 1000 || late[len(late)-1] < time.Hour || late[len(late)/2] > 3*time.Minute || disorder < 3 {
		t.Errorf("of %d items half are %s late and the last %s; %d trail events come after a later one", len(late),
			late[len(late)/2], late[len(late)-1], disorder)
	}
}

// TestTracesGrow looks at each trace again and again: its revision and its spans only grow, for minutes; on the way it
// is in progress, or lacks segments without a word; and in the end it is the world's.
func TestTracesGrow(t *testing.T) {
	w := scenario(t, 0.02)
	s := New(w, Options{})
	grown, partial, silent := 0, 0, 0
	for _, p := range w.Places {
		for i := range min(100, len(p.Traces)) {
			want := &p.Traces[i]
			var last *app.Trace
			for after := time.Duration(0); after < want.Duration+20*time.Minute; after += 20 * time.Second {
				now := unsettled(s, want.Start.Add(after)).traceNow(want)
				if now == nil {
					if last != nil {
						t.Fatalf("%s has gone", want.ID)
					}
					continue
				}
				if last != nil && (now.Revision < last.Revision || len(now.Spans) < len(last.Spans)) {
					t.Fatalf("%s shrinks from revision %d, %d spans, to %d, %d", want.ID, last.Revision,
						len(last.Spans), now.Revision, len(now.Spans))
				}
				if now.Revision < want.Revision {
					if now.Partial {
						partial++
					} else {
						silent++
					}
				}
				if last != nil && now.Revision > last.Revision {
					grown++
				}
				last = now
			}
			if diff := cmp.Diff(want, last); diff != "" {
				t.Fatal(diff)
			}
		}
	}
	if grown < 100 || partial < 100 || silent < 100 {
		t.Errorf("%d times a trace has grown, %d times it was in progress, %d times it only lacked something", grown,
			partial, silent)
	}
}

// TestSamplesAreRevised reads the last hours of every metric: older minutes are final, the newest two have a part, and
// some come late.
func TestSamplesAreRevised(t *testing.T) {
	w := scenario(t, 0.02)
	s := New(w, Options{})
	revised, late := 0, 0
	for _, p := range w.Places {
		for _, m := range p.Metrics[:min(5, len(p.Metrics))] {
			key := m.Metric.Key()
			m.Samples = m.Samples[max(0, len(m.Samples)-120):]
			for now := anchor.Add(-time.Hour); now.Before(anchor); now = now.Add(7 * time.Minute) {
				seen := unsettled(s, now).samplesNow(key, m.Samples)
				byTime := map[time.Time]world.Sample{}
				for _, x := range seen {
					byTime[x.At] = x
				}
				for _, x := range m.Samples {
					got, ok := byTime[x.At]
					age := now.Sub(x.At)
					switch {
					case ok && age < 0:
						t.Fatalf("%s: the minute %v is seen at %v", key, x.At, now)
					case ok && cmp.Equal(got, x):
					case age >= 13*time.Minute:
						t.Fatalf("%s: the minute %v is not final at %v", key, x.At, now)
					case ok && age <= 3*time.Minute:
						revised++
					case !ok && age > 4*time.Minute:
						late++
					case ok:
						t.Fatalf("%s: the minute %v is still revised at %v", key, x.At, now)
					}
				}
			}
			if got := unsettled(s, anchor.Add(13*time.Minute)).samplesNow(key, m.Samples); !cmp.Equal(got, m.Samples) {
				t.Fatalf("%s is not as the world has it", key)
			}
		}
	}
	if revised < 10 || late < 10 {
		t.Errorf("%d minutes were seen in part, %d were late", revised, late)
	}
}

func TestUnsettledIsAFault(t *testing.T) {
	var f Faults
	if err := json.Unmarshal([]byte(`{"unsettled": true}`), &f); err != nil || !f.Unsettled {
		t.Errorf("%+v, %v", f, err)
	}
	if text, err := json.Marshal(f); err != nil || string(text) != `{"unsettled":true}` {
		t.Errorf("%s, %v", text, err)
	}
}
