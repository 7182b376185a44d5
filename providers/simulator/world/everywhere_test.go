package world

import (
	"testing"
	"time"
)

func TestEverywhereIsInEachPlace(t *testing.T) {
	s, err := ParseScenario([]byte(`
name: two
accounts:
  - {id: "111122223333", name: a, regions: [eu-west-1, us-east-1]}
  - {id: "444455556666", name: b, regions: [eu-west-1]}
curves: {always: {base: 1}}
log_groups:
  - {in: everywhere, name: /all, follows: always, count: 40, lines: [{weight: 1, text: "{uuid}"}]}
  - {in: b/eu-west-1, name: /one, follows: always, count: 10, lines: [{weight: 1, text: "{uuid}"}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	w, err := Make(s, Options{Seed: 1, Anchor: time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC), Scale: 1})
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, p := range w.Places {
		if groups := len(p.Groups); groups != 1 && p.Scope.Profile == "a" || groups != 2 && p.Scope.Profile == "b" {
			t.Errorf("%s has %d groups", p.Scope, groups)
		}
		for _, events := range p.Events {
			for _, e := range events {
				if said[e.Message] {
					t.Fatalf("two places say the same: %s", e.Message)
				}
				said[e.Message] = true
			}
		}
	}
	if len(w.Places) != 3 || len(said) != 130 {
		t.Errorf("%d places say %d lines", len(w.Places), len(said))
	}
}
