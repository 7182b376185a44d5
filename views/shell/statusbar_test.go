package shell

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// shown are the parts of the bar that say something, from left to right.
func (b *statusBar) shown() (parts []fyne.CanvasObject) {
	for i := range b.marks {
		parts = append(parts, b.marks[i], b.signals[i])
	}
	if b.problem.Now() != "" {
		parts = append(parts, b.problem)
	}
	for _, t := range b.right {
		if t.Visible() && t.Now() != "" {
			parts = append(parts, t)
		}
	}
	return parts
}

func TestTheStatusBarMakesWay(t *testing.T) {
	long := &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("AccessDeniedException")}
	who := Who{Names: []string{"AWSReservedSSO_Operators_0123456789abcdef@111122223333", "b", "c"},
		Expires: drawertest.Now.Add(43 * time.Minute)}
	const fresh = 35 * time.Second
	for _, test := range []struct {
		name     string
		width    float32
		old      time.Duration // how long ago AWS was asked
		problems []error
		who      Who
		want     []string // of spend, who, size
		age      string   // what the first signal says
	}{
		{"all has room", 1440, fresh, nil, Who{Names: []string{"ops@111122223333"}}, []string{"spend", "who", "size"},
			"Alarms 35 s"},
		{"a problem", 1024, fresh, []error{long, long}, Who{Names: []string{"ops@111122223333"}}, []string{"who"},
			"Alarms 35 s"},
		{"a problem in a small window", 900, fresh, []error{long, long}, Who{Names: []string{"ops@111122223333"}},
			[]string{"who"}, "Alarms"},
		{"a long name", 1024, fresh, nil, who, []string{"who"}, "Alarms"},
		{"a long name and a problem", 900, fresh, []error{long}, who, []string{"who"}, "Alarms"},
		{"a problem, and old", 1024, 24 * time.Minute, []error{long, long}, Who{Names: []string{"ops@111122223333"}},
			[]string{"who"}, "Alarms 24 min"},
		{"a problem in a small window, and old", 900, 24 * time.Minute, []error{long, long},
			Who{Names: []string{"ops@111122223333"}}, []string{"who"}, "Alarms 24 min"},
		{"all of it, and old", 900, 24 * time.Minute, []error{long}, who, []string{"who"}, "Alarms 24 min"},
	} {
		t.Run(test.name, func(t *testing.T) {
			shelf := drawertest.FullCache()
			askedAgo(shelf, test.old)
			s := newStage(t, shelf, test.width, 700, false)
			s.who.Set(test.who)
			s.pull.Progress.Set(Progress{Problems: test.problems})
			edge := float32(0)
			for _, part := range s.status.shown() {
				if part.Position().X < edge {
					t.Errorf("%T at %v lies on what ends at %v", part, part.Position().X, edge)
				}
				edge = part.Position().X + part.Size().Width
			}
			if edge > test.width {
				t.Errorf("it ends at %v of %v", edge, test.width)
			}
			var got []string
			for i, name := range []string{"spend", "who", "size"} {
				if s.status.right[i].Visible() {
					got = append(got, name)
				}
			}
			if !slices.Equal(got, test.want) || s.status.signals[0].Now() != test.age {
				t.Errorf("it shows %q and %q, want %q and %q", got, s.status.signals[0].Now(), test.want, test.age)
			}
			least := float32(leastProblem)
			if test.old > fresh {
				least = firstWords
			}
			if len(test.problems) > 0 && s.status.problem.Size().Width < least {
				t.Errorf("the problem has %v", s.status.problem.Size().Width)
			}
		})
	}
}

func TestTheStatusBarSaysWhatAWSSlowsDown(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	one := app.Slowdown{Scope: app.Scope{Region: "eu-central-1"}, Service: "logs", Operation: "FilterLogEvents",
		Quota: 5, Rate: 3.5}
	other := app.Slowdown{Scope: app.Scope{Region: "eu-west-1"}, Service: "cloudtrail", Operation: "LookupEvents",
		Quota: 2, Rate: 1.4}
	s.pull.Progress.Set(Progress{Running: true, Doing: "Logs of eu-central-1", Slow: []app.Slowdown{one}})
	if got := s.status.problem.Now(); got != "CloudWatch Logs limits FilterLogEvents to 5 calls a second in "+
		"eu-central-1; continuing at 4." {
		t.Errorf("%q", got)
	}
	s.pull.Progress.Set(Progress{Running: true, Doing: "Logs of eu-central-1", Slow: []app.Slowdown{one, other}})
	if got := s.status.problem.Now(); got != "CloudTrail limits LookupEvents to 2 calls a second in eu-west-1; "+
		"continuing at 1.4. And 1 more." {
		t.Errorf("%q", got)
	}
	s.pull.Progress.Set(Progress{})
	if got := s.status.problem.Now(); got != "" {
		t.Errorf("after the pull: %q", got)
	}
}

func TestTheStatusBarSaysWholeSentences(t *testing.T) {
	offline := &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity",
		Err: errors.New("dial tcp: lookup sts.eu-west-1.amazonaws.com on 127.0.0.53:53: server misbehaving, tried " +
			"three times in all")}
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	for _, test := range []struct {
		width float32
		err   error
		want  string
	}{
		{1440, drawertest.Denied, "AWS does not allow logs:FilterLogEvents to these credentials."},
		{1440, offline, "AWS did not answer sts:GetCallerIdentity."},
		{1024, offline, "AWS did not answer sts:GetCallerIdentity."},
	} {
		s.who.Set(Who{Problem: test.err})
		s.window.Resize(fyne.NewSize(test.width, 700))
		shown := drawertest.Texts(s.status.problem)[0].Text
		if !strings.HasPrefix(shown, test.want) || strings.HasSuffix(shown, "…") {
			t.Errorf("%v wide it says %q, want %q", test.width, shown, test.want)
		}
	}
}

// askedAgo has a shelf hold what AWS was asked for that long ago.
func askedAgo(shelf *drawertest.Cache, old time.Duration) {
	for i := range shelf.Covers {
		shelf.Covers[i].AskedAt = drawertest.Ago(old)
	}
	for i := range shelf.AllAlarms {
		shelf.AllAlarms[i].Seen = drawertest.Ago(old)
	}
}

func TestTheBadgeIsRedWhileItIsOfNow(t *testing.T) {
	for old, want := range map[time.Duration]fyne.ThemeColorName{phrase.Late: ui.ColorAlarm,
		24 * time.Minute: ui.ColorNoData} {
		shelf := drawertest.FullCache()
		askedAgo(shelf, old)
		s := newStage(t, shelf, 1440, 900, false)
		if badge := s.rail.entries[1].badge.FillColor; badge != ui.Color(want) {
			t.Errorf("%v after AWS was asked the badge is %v", old, badge)
		}
	}
}
