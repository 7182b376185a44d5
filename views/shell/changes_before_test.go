package shell

import (
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestChangesBeforeATraceAreThoseOfItsServices(t *testing.T) {
	elsewhere := drawertest.Update
	elsewhere.ID, elsewhere.Name, elsewhere.Resources = "e2", "PutBucketPolicy",
		[]app.TrailResource{{Name: "arn:aws:s3:::orders-archive"}}
	other := elsewhere
	other.ID = "e3"
	shelf := drawertest.JoinedCache()
	shelf.Trail = []app.TrailEvent{drawertest.Update, elsewhere, other}
	s := drawertest.New(t, shelf, 900, details(shelf)...)
	s.Session.Selected.Set(drawertest.Slow)
	said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
	for _, want := range []string{"Changes to its services, 2 h before 1 c", "Every change, 2 h before 3 v"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	s.Rune('c')
	if said := drawertest.Words(s.Drawer); !strings.Contains(said, "UpdateTable") ||
		strings.Contains(said, "PutBucketPolicy") {
		t.Errorf("it lists %s", said)
	}
	q := s.Session.Selected.Now().(app.ChangeList).Query
	if want := (app.Range{From: drawertest.Slow.Start.Add(-related.ChangesWindow),
		To: drawertest.Slow.Start}); !q.Range.Equal(want) || !q.Changes {
		t.Errorf("it asks %+v", q)
	}
}

func TestChangesBeforeAnAlarmAreThoseOfWhatAnswersItsRequests(t *testing.T) {
	elsewhere := drawertest.Update
	elsewhere.ID, elsewhere.Name, elsewhere.Resources = "e2", "PutBucketPolicy",
		[]app.TrailResource{{Name: "arn:aws:s3:::orders-archive"}}
	other := elsewhere
	other.ID = "e3"
	for name, alarm := range map[string]app.Alarm{"a metric alarm": drawertest.Checkout,
		"a composite alarm": drawertest.Critical} {
		shelf := drawertest.AlarmCache()
		shelf.Trail = []app.TrailEvent{drawertest.Update, elsewhere, other}
		shelf.Graph = app.ServiceGraph{Nodes: []app.ServiceNode{{Name: "checkout"}, {Name: "orders"}},
			Edges: []app.ServiceEdge{{From: "checkout", To: "orders"}}}
		s := drawertest.New(t, shelf, 900, details(shelf)...)
		s.Session.Selected.Set(alarm)
		said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
		for _, want := range []string{"Changes near it, 2 h before 1 c", "Every change, 2 h before 3 v"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: it does not say %q: %s", name, want, said)
			}
		}
		s.Rune('c')
		if said := drawertest.Words(s.Drawer); !strings.Contains(said, "UpdateTable") ||
			strings.Contains(said, "PutBucketPolicy") {
			t.Errorf("%s: it lists %s", name, said)
		}
	}
}
