package shell

import (
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestChangesBeforeATraceAreThoseOfItsServices(t *testing.T) {
	elsewhere := update
	elsewhere.ID, elsewhere.Name, elsewhere.Resources = "e2", "PutBucketPolicy", []app.TrailResource{{Name: "arn:aws:s3:::orders-archive"}}
	shelf := joinedShelf()
	shelf.trail = []app.TrailEvent{update, elsewhere, elsewhere}
	s := newDrawerStage(t, shelf, 900, Details(shelf)...)
	s.session.Selected.Set(slow)
	said := strings.ReplaceAll(words(s.drawer), "\n", " ")
	for _, want := range []string{"Changes to its services, 2 h before 1 c", "Every change, 2 h before 3 v"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
	s.rune('c')
	if said := words(s.drawer); !strings.Contains(said, "UpdateTable") || strings.Contains(said, "PutBucketPolicy") {
		t.Errorf("it lists %s", said)
	}
	q := s.session.Selected.Now().(app.ChangeList).Query
	if want := (app.Range{From: slow.Start.Add(-before), To: slow.Start}); !q.Range.Equal(want) || !q.Changes {
		t.Errorf("it asks %+v", q)
	}
}

func TestChangesBeforeAnAlarmAreThoseOfWhatAnswersItsRequests(t *testing.T) {
	elsewhere := update
	elsewhere.ID, elsewhere.Name, elsewhere.Resources = "e2", "PutBucketPolicy", []app.TrailResource{{Name: "arn:aws:s3:::orders-archive"}}
	for name, alarm := range map[string]app.Alarm{"a metric alarm": checkout, "a composite alarm": critical} {
		shelf := pageShelf()
		shelf.trail = []app.TrailEvent{update, elsewhere, elsewhere}
		shelf.graph = app.ServiceGraph{Nodes: []app.ServiceNode{{Name: "checkout"}, {Name: "orders"}}, Edges: []app.ServiceEdge{{From: "checkout", To: "orders"}}}
		s := newDrawerStage(t, shelf, 900, Details(shelf)...)
		s.session.Selected.Set(alarm)
		said := strings.ReplaceAll(words(s.drawer), "\n", " ")
		for _, want := range []string{"Changes near it, 2 h before 1 c", "Every change, 2 h before 3 v"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s: it does not say %q: %s", name, want, said)
			}
		}
		s.rune('c')
		if said := words(s.drawer); !strings.Contains(said, "UpdateTable") || strings.Contains(said, "PutBucketPolicy") {
			t.Errorf("%s: it lists %s", name, said)
		}
	}
}
