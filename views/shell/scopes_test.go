package shell

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/explain"
)

// sheetWords returns what the sheet on top says.
func (s *stage) sheetWords() string {
	top := s.window.Canvas().Overlays().Top()
	if top == nil {
		return ""
	}
	return drawertest.Words(top)
}

func forty() (scopes []pull.ScopeStatus) {
	for i := range 40 {
		s := pull.ScopeStatus{Scope: app.Scope{Account: fmt.Sprintf("1111222233%02d", i), Region: "eu-west-1"},
			State: pull.Complete}
		switch i {
		case 5:
			s.State, s.Err = pull.Denied, &app.Error{Kind: app.Denied, Op: "cloudwatch:ListMetrics",
				Err: errors.New("no")}
		case 9:
			s.State, s.Quiet = pull.Pulling, true
		case 12, 13:
			s.State, s.Err = pull.Offline, &app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity",
				Err: errors.New("dial tcp")}
		}
		scopes = append(scopes, s)
	}
	return scopes
}

func TestTheStatusBarSaysWhatAPullIsDoing(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	doing := explain.Doing(pull.Progress{Running: []pull.Running{{Scope: drawertest.Ireland, Signal: app.Logs}},
		Scopes: forty()})
	s.pull.Progress.Set(Progress{Running: true, Doing: doing, Scopes: forty()})
	if got := s.status.problem.Now(); got != "Logs of 111122223333/eu-west-1 · 39 of 40 places done, 3 in trouble" {
		t.Errorf("%q", got)
	}
	s.pull.Progress.Set(Progress{})
	s.pull.Following.Set(Following{On: true, Every: time.Minute, Places: 40})
	if got := s.status.problem.Now(); got != "Following 40 places" {
		t.Errorf("%q", got)
	}
}

func TestPlacesInTroubleStandFirst(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.showScopes()
	if s.sheetWords() != "" {
		t.Error("a sheet without a word")
	}
	var problems []error
	for _, scope := range forty() {
		if scope.Err != nil {
			problems = append(problems, scope.Err)
		}
	}
	s.pull.Progress.Set(Progress{Scopes: forty(), Problems: problems})
	s.rune('p')
	said := s.sheetWords()
	order := []string{"What is the matter", "AWS does not allow cloudwatch:ListMetrics",
		"AWS did not answer sts:GetCallerIdentity", "Places",
		"111122223305/eu-west-1", "denied", "111122223312/eu-west-1", "no answer", "111122223309/eu-west-1",
		"pulling, but AWS is slow to answer", "111122223300/eu-west-1", "complete"}
	rest := said
	for _, want := range order {
		_, after, ok := strings.Cut(rest, want)
		if !ok {
			t.Fatalf("%q does not stand in its place: %s", want, said)
		}
		rest = after
	}
	if strings.Count(said, "AWS did not answer sts") != 1 {
		t.Errorf("a cause is told twice: %s", said)
	}
}

func TestFollowAsksFirst(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.cost = pull.FollowCost{Places: 4, Cost: 31 * app.Dollar / 10, Parts: []pull.FollowPart{
		{Signal: app.Metrics, Every: 5 * time.Minute, Cost: 29 * app.Dollar / 10},
		{Signal: app.Traces, Every: 2 * time.Minute, Cost: app.Dollar / 5, Guessed: true}}}
	s.key(fyne.KeyF6)
	said := s.sheetWords()
	for _, want := range []string{"Keep pulling?", "$3.10 a month in list prices", "Metrics every 5 min",
		"Traces every 2 min"} {
		if !strings.Contains(strings.ReplaceAll(said, "\n", " "), want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
	if len(s.log) > 0 && strings.HasPrefix(s.log[len(s.log)-1], "follow") {
		t.Error("it follows before a person has agreed")
	}
	test.TapCanvas(s.window.Canvas(), at(s.window.Canvas().Overlays().Top(), "Follow"))
	if s.log[len(s.log)-1] != "follow true" || s.sheetWords() != "" {
		t.Errorf("log %q, sheet %q", s.log, s.sheetWords())
	}
	s.pull.Following.Set(Following{On: true, Every: time.Minute, Places: 4})
	if !strings.Contains(s.bar.says(), "Following 1 min") {
		t.Errorf("the bar says %q", s.bar.says())
	}
	s.key(fyne.KeyF6)
	if s.log[len(s.log)-1] != "follow false" {
		t.Errorf("log %q", s.log)
	}
	s.pull.Following.Set(Following{})
	s.key(fyne.KeyF6)
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // without the mouse
	if s.log[len(s.log)-1] != "follow true" || s.sheetWords() != "" {
		t.Errorf("log %q, sheet %q", s.log, s.sheetWords())
	}
}

func TestFollowWithoutACost(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.costFails = &app.Error{Kind: app.Malformed, Op: "settings", Err: errors.New("line 3 is not understood")}
	s.key(fyne.KeyF6)
	if said := s.sheetWords(); !strings.Contains(said, "What following costs is not known") ||
		!strings.Contains(said, "Line 3 is not understood") {
		t.Errorf("%q", said)
	}
}

// After a restart the window tells how the pulls before it ended, until it knows better.
func TestPlacesAfterARestart(t *testing.T) {
	shelf := drawertest.FullCache()
	denied := &app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")}
	shelf.AllAttempts = []app.Attempt{
		{Scope: drawertest.Ireland, Signal: app.Logs, At: drawertest.Ago(2 * time.Hour), Problem: denied},
		{Scope: drawertest.Ireland, Signal: app.Trail, At: drawertest.Ago(3 * time.Hour)},
		{Scope: drawertest.Data, Signal: app.Trail, At: drawertest.Ago(time.Minute)},
	}
	s := newStage(t, shelf, 1440, 900, false)
	s.rune('p')
	if said := s.sheetWords(); !strings.Contains(said,
		"111122223333/eu-west-1\nin part: not all of logs, 2 h ago\n444455556666/eu-west-1\ncomplete, 1 min ago") {
		t.Errorf("%q", said)
	}
	s.window.Canvas().Overlays().Remove(s.window.Canvas().Overlays().Top())
	s.pull.Progress.Set(Progress{Scopes: []pull.ScopeStatus{
		{Scope: drawertest.Ireland, State: pull.Reached, Since: drawertest.Now},
		{Scope: drawertest.Data, State: pull.Offline, Since: drawertest.Now},
		{Scope: drawertest.Frankfurt, State: pull.Reached, Since: drawertest.Now}}})
	s.rune('p')
	said := s.sheetWords()
	for _, want := range []string{"not all of logs, 2 h ago", "444455556666/eu-west-1\nno answer",
		"111122223333/eu-central-1\nanswers"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q does not say %q", said, want)
		}
	}
}

func TestThePriceIsAskedWhenAPlaceIsReached(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.offer = Offer{Requests: 7, Cost: 5 * app.Dollar}
	s.pull.Progress.Set(Progress{Scopes: []pull.ScopeStatus{{Scope: drawertest.Ireland, State: pull.Connecting}}})
	if got := s.bar.pull.Says(); got != "Pull · $0.0040" {
		t.Errorf("before: %q", got)
	}
	s.pull.Progress.Set(Progress{Scopes: []pull.ScopeStatus{
		{Scope: drawertest.Ireland, State: pull.Reached, Who: app.Identity{Account: drawertest.Ireland.Account}}}})
	if got := s.bar.pull.Says(); got != "Pull · $5.00" {
		t.Errorf("after: %q", got)
	}
}

// The edge would cut the descenders of the last line.
func TestTheLastPlaceHasRoomBelow(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.pull.Progress.Set(Progress{Scopes: forty()[:4]})
	s.showScopes()
	var scroll *container.Scroll
	var find func(fyne.CanvasObject)
	find = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *container.Scroll:
			scroll = o
		case *fyne.Container:
			for _, part := range o.Objects {
				find(part)
			}
		case fyne.Widget:
			for _, part := range test.WidgetRenderer(o).Objects() {
				find(part)
			}
		}
	}
	find(s.window.Canvas().Overlays().Top())
	rows := scroll.Content.(*fyne.Container).Objects
	last := rows[slices.IndexFunc(rows, func(o fyne.CanvasObject) bool {
		return strings.Contains(drawertest.Words(o),
			"111122223303")
	})]
	if end := last.Position().Y + last.Size().Height; scroll.Size().Height-end < scopesEnd {
		t.Errorf("the last place ends at %v of %v", end, scroll.Size().Height)
	}
}

func TestNothingIsFollowedWhereNothingIsSet(t *testing.T) {
	s := newStage(t, drawertest.FullCache(), 1440, 900, false)
	s.who.Set(Who{Problem: &app.Error{Kind: app.NotFound, Op: "connect",
		Err: errors.New("no Region is set: name one in AWS_REGION or ~/.aws/config")}})
	s.followOrEnd()
	if said := s.sheetWords(); strings.Contains(said, "Keep pulling?") || !strings.Contains(said, "AWS_REGION") {
		t.Errorf("it says %q", said)
	}
	if s.session.Contact.Now().Trouble == nil {
		t.Error("the screens are not told")
	}
}
