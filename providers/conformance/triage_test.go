package conformance_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/providers/cloudtrail"
)

// attackedAccount has the trail files of an account under simulated attack. The user agent of a call of an attack names
// its technique, which only the figures know of, and the ranking does not.
const attackedAccount = "../../../shared/data/cloudtrail"

func attackedEvents(t testing.TB) (events []app.TrailEvent) {
	t.Helper()
	files, err := filepath.Glob(attackedAccount + "/*.json")
	if err != nil || len(files) == 0 {
		t.Skip(attackedAccount + " is not here")
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct{ Records []json.RawMessage }
		if err := json.Unmarshal(text, &file); err != nil {
			t.Fatal(err)
		}
		for _, record := range file.Records {
			e, err := cloudtrail.ParseEvent(record)
			if err != nil {
				t.Log(err)
			}
			events = append(events, e)
		}
	}
	return events
}

// TestTriageOfAnAttackedAccount asks that what the attack did comes before all that was done to prepare the account for
// it. The other techniques of these files only look about.
func TestTriageOfAnAttackedAccount(t *testing.T) {
	found := insight.Triage(attackedEvents(t))
	byAttack := func(f insight.Finding) bool {
		return slices.ContainsFunc(f.Events, func(e app.TrailEvent) bool {
			return strings.HasPrefix(e.UserAgent, "stratus-red-team") || f.Effect == insight.Stolen
		})
	}
	var effects []string
	for i, f := range found {
		t.Logf("%d. %d %s: %s by %s, %d events", i+1, f.Weight, f.Effect, f.Events[0].Name,
			f.Events[0].Principal.Name(), len(f.Events))
		if byAttack(f) {
			effects = append(effects, f.Effect.String())
		}
	}
	slices.Sort(effects)
	want := []string{"code_run", "secrets_read", "secrets_read", "secrets_read", "stolen_credentials"}
	if !slices.Equal(effects, want) {
		t.Errorf("found of the attack: %v, want %v", effects, want)
	}
	if i := slices.IndexFunc(found, func(f insight.Finding) bool { return !byAttack(f) }); i >= 0 && i < len(want) {
		t.Errorf("number %d is none of the attack's: %s", i+1, found[i].Effect)
	}
}
