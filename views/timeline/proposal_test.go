package timeline

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// metricLanes are the keys of the lanes of metrics that are shown, in order.
func (s *screen) metricLanes() []string {
	var keys []string
	for _, l := range s.field.scene.board.Lanes {
		if l.Kind == app.MetricLane {
			keys = append(keys, l.Key())
		}
	}
	return keys
}

// alarmRowNames are the alarms of the alarm lane, in order.
func (s *screen) alarmRowNames() []string {
	var names []string
	for _, r := range s.field.scene.rows[0].lane.Head().Rows {
		names = append(names, r.Name)
	}
	return names
}

// leader is the change that is put before all others, "" where the window has none.
func (s *screen) leader() string {
	if i := s.snapshot.leading(); i >= 0 {
		return s.snapshot.changes[i].ID
	}
	return ""
}

// disordered returns what of both stands in another order in the second.
func disordered(before, after []string) []string {
	keep := func(all, of []string) []string {
		return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !slices.Contains(of, s) })
	}
	if a, b := keep(before, after), keep(after, before); !slices.Equal(a, b) {
		return b
	}
	return nil
}

// However one zooms and pans around a proposal, and whatever a pull brings, no lane of it goes or changes its place,
// nor does an alarm's row, and the suspect stays until most of another window is looked at.
func TestWhatIsProposedStands(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cache := incident()
		cache.traces, cache.events = nil, nil // which nothing of this depends on
		cache.open(t)
		defer func() { _ = cache.Close() }()
		q := question{axis: chart.Axis{Range: hour, Width: 800}, now: now, presets: presets}
		var lanes, rows []string
		another := true // alarm is there, which may have another cause
		look := func() {
			e, err := read(t.Context(), cache, q)
			if err != nil {
				rt.Fatal(err)
			}
			before := q.proposal
			q.proposal = e.proposal
			s := &screen{View: &View{snapshot: e,
				field: &field{scene: scene{board: boardOf(e), rows: rowsOf(e, boardOf(e))}}}}
			after, now := s.metricLanes(), s.alarmRowNames()
			if len(after) < len(lanes) || !slices.Equal(after[:len(lanes)], lanes) {
				rt.Fatalf("looking at %v the lanes %q became %q", q.axis.Range, lanes, after)
			}
			if wrong := disordered(rows, now); wrong != nil {
				rt.Fatalf("looking at %v the alarms %q became %q", q.axis.Range, rows, now)
			}
			was, is := before.suspect, e.proposal.suspect
			stays := !another && was != nil && before.basis(q.axis.Range, q.now).From.Equal(before.judged.From)
			if stays && (is == nil || app.CompareTrail(*was, *is) != 0) {
				rt.Fatalf("looking at %v the suspect %v became %v", q.axis.Range, was, is)
			}
			lanes, rows, another = after, now, false
		}
		look()
		if len(lanes) < 4 || q.proposal.suspect == nil {
			rt.Fatalf("the first picture has %d lanes and the suspect %v", len(lanes), q.proposal.suspect)
		}
		for i := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.SampledFrom([]string{"look", "pull", "alarm"}).Draw(rt, "step") {
			case "look":
				from := rapid.IntRange(1, 120).Draw(rt, "from")
				q.axis.Range = app.Range{From: ago(float64(from)),
					To: ago(float64(rapid.IntRange(-60, from-1).Draw(rt, "to")))}
			case "pull":
				q.revision++
			case "alarm":
				q.revision++
				another = true
				cache.alarm(alarmOn(fmt.Sprint("late-", i), metric("AWS/SQS", "Age", "QueueName", fmt.Sprint(i)),
					"Maximum", 1),
					turn(float64(rapid.IntRange(1, 59).Draw(rt, "since")), app.InAlarm))
				cache.Keep(cachetest.Contents{Alarms: cache.alarms, History: cache.history})
			}
			look()
		}
	})
}

func TestANewAlarmGetsALaneBelowTheOthers(t *testing.T) {
	cache := incident()
	s := open(t, cache, full, dark)
	before := s.metricLanes()
	cache.alarm(alarmOn("late", metric("AWS/SQS", "Age", "QueueName", "q"), "Maximum", 1), turn(2, app.InAlarm))
	cache.Keep(cachetest.Contents{Alarms: cache.alarms, History: cache.history})
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Alarms})
	after := s.metricLanes()
	if len(after) != len(before)+1 || !slices.Equal(after[:len(before)], before) {
		t.Errorf("%q became %q", before, after)
	}
	if !slices.Contains(s.alarmRowNames(), "late") {
		t.Errorf("the alarms are %q", s.alarmRowNames())
	}
}

func TestAProposalEndsWhereItIsLeft(t *testing.T) {
	made := proposal{within: hour, scopes: []app.Scope{shop}, resource: "orders"}
	window := func(from, to float64) chart.Axis { return chart.Axis{Range: app.Range{From: ago(from), To: ago(to)}} }
	for _, c := range []struct {
		name  string
		of    proposal
		q     question
		holds bool
	}{
		{"its own window", made, question{axis: window(60, 0), scopes: made.scopes, resource: "orders"}, true},
		{"a second of it", made, question{axis: window(30, 29.98), scopes: made.scopes, resource: "orders"}, true},
		{"as much again on both sides", made, question{axis: window(120, -60), scopes: made.scopes, resource: "orders"},
			true},
		{"further back than its length", made, question{axis: window(121, 60), scopes: made.scopes, resource: "orders"},
			false},
		{"further on than its length", made, question{axis: window(0, -61), scopes: made.scopes, resource: "orders"},
			false},
		{"another resource", made, question{axis: window(60, 0), scopes: made.scopes}, false},
		{"other places", made, question{axis: window(60, 0), resource: "orders"}, false},
		{"nothing was proposed", proposal{}, question{axis: window(60, 0)}, false},
	} {
		if got := c.of.holds(c.q); got != c.holds {
			t.Errorf("%s: it holds: %v", c.name, got)
		}
	}
}

// Whatever way leads back to a window, it shows the lanes, in their colours, and the suspect that it had.
func TestWhoComesBackFindsWhatStood(t *testing.T) {
	s := open(t, incident(), full, dark)
	lanes, inks, leader := s.metricLanes(), s.snapshot.colors, s.leader()
	s.look(app.Range{From: ago(300), To: ago(180)})
	if s.proposal.within.Equal(hour) {
		t.Fatal("what was proposed for the hour stands hours before it")
	}
	s.look(app.Range{From: ago(130), To: ago(10)}) // which the one for hours before holds for too
	if s.look(hour); !slices.Equal(s.metricLanes(), lanes) || s.leader() != leader {
		t.Errorf("back again the lanes %q became %q, the suspect %q is %q", lanes, s.metricLanes(), leader, s.leader())
	}
	if !maps.Equal(s.snapshot.colors, inks) {
		t.Errorf("the colours %v became %v", inks, s.snapshot.colors)
	}
	s.proposedLanes()
	if len(s.earlier) != 0 {
		t.Error("who asks for lanes as proposed gets old ones")
	}
}

// During the first pull lanes are added as data come; in the end they stand as they would if all had been there.
func TestLanesOfAFirstPullAreProposedAnewAtItsEnd(t *testing.T) {
	for _, c := range []struct {
		name string
		open app.Item // by a person, meanwhile
		anew bool
	}{{"nobody did anything", nil, true}, {"an item was opened", app.Alarm{Name: "latency"}, false}} {
		t.Run(c.name, func(t *testing.T) {
			kept := incident()
			cache := &stored{places: kept.places, covers: kept.covers}
			s := open(t, cache, full, dark)
			s.session.Contact.Set(ui.Contact{Pulling: true})
			hear := func(of app.Signal) {
				s.session.Changed.Set(ui.Change{Signal: of, Serial: s.session.Changed.Now().Serial + 1})
			}
			cache.Keep(cachetest.Contents{Alarms: kept.alarms, History: kept.history})
			hear(app.Alarms)
			cache.Keep(cachetest.Contents{Series: kept.series, Traces: kept.traces})
			hear(app.Metrics)
			cache.Keep(cachetest.Contents{Trail: kept.trail})
			hear(app.Trail)
			during := s.metricLanes()
			s.session.Selected.Set(c.open)
			s.session.Contact.Set(ui.Contact{})
			fresh := open(t, kept, full, dark).metricLanes()
			if slices.Equal(during, fresh) {
				t.Fatal("the order in which data come makes no difference")
			}
			want := during
			if c.anew {
				want = fresh
			}
			if got := s.metricLanes(); !slices.Equal(got, want) {
				t.Errorf("the lanes are %q, want %q", got, want)
			}
		})
	}
}

func TestStandsFor(t *testing.T) {
	of := func(from, to float64) proposal { return proposal{within: app.Range{From: ago(from), To: ago(to)}} }
	now, before, wide := of(180, 120), of(60, 0), of(240, -60)
	for _, c := range []struct {
		name     string
		from, to float64
		want     proposal
	}{
		{"its own", 180, 120, now},
		{"between both, nearer to it", 130, 70, now},
		{"half of the other", 80, 20, before},
		{"all of the other, and as much again", 90, -30, before},
		{"a part of it", 150, 140, now},
		{"a part of the other", 30, 20, proposal{}},
		{"much like the wide one", 230, -40, wide},
		{"none", 1000, 900, proposal{}},
	} {
		q := question{axis: chart.Axis{Range: app.Range{From: ago(c.from), To: ago(c.to)}}, proposal: now,
			earlier: []proposal{before, wide}}
		if got := q.proposalFor(); !got.within.Equal(c.want.within) {
			t.Errorf("%s: it is the one for %v", c.name, got.within)
		}
	}
}

// Of most of another window another change is the suspect.
func TestTheSuspectIsOneOfWhatIsLookedAt(t *testing.T) {
	window := func(from, to float64) app.Range { return app.Range{From: ago(from), To: ago(to)} }
	away := window(150, 90)
	for _, c := range []struct {
		name           string
		looked, judged app.Range
		want           app.Range
	}{
		{"its own", hour, hour, hour},
		{"a part", window(10, 5), hour, hour},
		{"all and more", window(180, -60), hour, hour},
		{"half of another", window(90, 30), hour, hour},
		{"less than half", window(100, 40), hour, window(100, 40)},
		{"another", away, hour, away},
		{"a part of that", window(140, 130), away, away},
		{"back from that", window(30, 0), away, hour},
		{"one after that", window(400, 300), away, window(400, 300)},
	} {
		s := proposal{within: hour, judged: c.judged}
		if got := s.basis(c.looked, now); !got.Equal(c.want) {
			t.Errorf("%s: judged of %v, want %v", c.name, got, c.want)
		}
	}
	if got := (proposal{within: hour, live: true, judged: hour}).basis(hour,
		now.Add(time.Minute)); !got.To.Equal(now.Add(time.Minute)) {
		t.Errorf("of a window that ended now it is judged to %s", got.To)
	}
}

func TestAPersonAsksForLanesAsProposed(t *testing.T) {
	s := open(t, incident(), full, dark)
	window := app.Range{From: ago(50), To: ago(10)}
	if s.look(window); !s.proposal.within.Equal(hour) {
		t.Fatalf("it stands by %v", s.proposal.within)
	}
	for _, c := range s.Commands() {
		if c.Title == "Lanes as proposed" {
			c.Do()
		}
	}
	if !s.proposal.within.Equal(window) {
		t.Errorf("it stands by what was proposed for %v", s.proposal.within)
	}
}

// The change that matters may come after the alarm that it caused: CloudTrail is late. Then it is the suspect at once,
// though another part of the window is looked at.
func TestALateChangeBecomesTheSuspect(t *testing.T) {
	cache := incident()
	late := cache.trail[0] // of the table that throttles
	cache.trail = cache.trail[1:]
	s := open(t, cache, full, dark)
	if s.leader() == late.ID {
		t.Fatal("it is there already")
	}
	lanes := s.metricLanes()
	s.look(app.Range{From: ago(50), To: ago(40)})
	cache.Keep(cachetest.Contents{Trail: []app.TrailEvent{late}})
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Logs})
	if s.leader() == late.ID {
		t.Error("it is judged anew by what came of logs")
	}
	s.session.Changed.Set(ui.Change{Serial: 2, Signal: app.Trail})
	if s.leader() != late.ID {
		t.Errorf("the suspect is %q", s.leader())
	}
	after := s.metricLanes()
	if len(after) != len(lanes)+1 || !slices.Equal(after[:len(lanes)], lanes) {
		t.Errorf("what it concerns has no lane of its own below the others: %q became %q", lanes, after)
	}
}

// A suspect that lies before the window is found once one zooms out to it; the alarm is seen first, and then what was
// before.
func TestZoomingOutFindsTheSuspect(t *testing.T) {
	s := open(t, incident(), full, dark)
	s.look(app.Range{From: ago(30), To: ago(0)})
	s.proposedLanes()
	if s.leader() != "" {
		t.Fatalf("the suspect of the last half hour is %q", s.leader())
	}
	lanes := s.metricLanes()
	if s.look(hour); s.leader() == "" {
		t.Error("the suspect is not found")
	}
	if after := s.metricLanes(); len(after) < len(lanes) || !slices.Equal(after[:len(lanes)], lanes) {
		t.Errorf("the lanes %q became %q", lanes, after)
	}
}

// Of a window that held nothing no proposal is left when the first data come.
func TestNothingDoesNotStand(t *testing.T) {
	kept := incident()
	cache := &stored{places: kept.places, alarms: kept.alarms, covers: kept.covers}
	s := open(t, cache, full, dark)
	if len(s.metricLanes()) != 0 {
		t.Fatalf("an empty cache has lanes %q", s.metricLanes())
	}
	cache.Keep(kept.contents())
	s.session.Changed.Set(ui.Change{Serial: 1})
	if fresh := open(t, incident(), full, dark); !slices.Equal(s.metricLanes(), fresh.metricLanes()) {
		t.Errorf("the lanes are %q, want %q", s.metricLanes(), fresh.metricLanes())
	}
}

func TestAProposalOfOldPartsIsJudgedAgain(t *testing.T) {
	cache := incident()
	s := open(t, cache, full, dark)
	want := s.leader()
	cache.fails = map[string]error{"TrailEvents": errors.New("broken")}
	f := s.session.Focus.Now()
	f.Scopes = []app.Scope{shop}
	s.session.Go(f)
	if s.leader() != "" {
		t.Fatalf("without changes the suspect is %q", s.leader())
	}
	cache.fails = nil
	s.session.Changed.Set(ui.Change{Serial: 1, Signal: app.Logs})
	if s.leader() != want {
		t.Errorf("once changes can be read the suspect is %q, want %q", s.leader(), want)
	}
}

// A read that is put off goes on from what the one before it answered, or both would propose.
func TestAReadThatWaitsStandsByTheOneBefore(t *testing.T) {
	s, h := openHeld(t, incident(), dark)
	s.preview(app.Range{From: ago(90), To: ago(10)})
	h.step()
	made := s.proposal.within
	h.all()
	if made.Empty() || !s.proposal.within.Equal(made) {
		t.Errorf("the first read proposed for %v, the second for %v", made, s.proposal.within)
	}
	if !s.snapshot.axis.Range.Equal(app.Range{From: ago(90), To: ago(10)}) ||
		s.snapshot.axis.Range.Length() != 80*time.Minute {
		t.Errorf("what was read last is %v", s.snapshot.axis.Range)
	}
}
