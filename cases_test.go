package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// Inputs as AWS, runtimes and people's machines really make them, and what is right for them. They lie beside the project,
// where they can be had.
const casesFolder = "../shared/cases"

func TestCases(t *testing.T) {
	if _, err := os.Stat(casesFolder); err != nil {
		t.Skip(casesFolder + " is not here")
	}
	for name, check := range map[string]func(*testing.T, caseFolder){
		"01-level-container-logs": factsAre(
			app.LogFacts{Level: app.LevelError, RequestID: "45da14d9-bbb2-4906-988c-9e8aead17f59"}, app.LogFacts{Level: app.LevelError},
			app.LogFacts{Level: app.LevelError}, app.LogFacts{Level: app.LevelError}, app.LogFacts{Level: app.LevelError, TraceID: caseTrace}),
		"02-level-ansi":           factsAre(app.LogFacts{Level: app.LevelError, RequestID: "7f3a9b2c1d"}, app.LogFacts{Level: app.LevelWarn}),
		"03-level-dotnet-console": levelsAre(app.LevelError, app.LevelError, app.LevelDebug, app.LevelDebug),
		"04-level-numeric":        levelsAre(app.LevelInfo, app.LevelWarn, app.LevelError, app.LevelError),
		"05-level-json-names":     levelsAre(slices.Repeat([]app.Level{app.LevelError}, 8)...),
		"06-level-prose":          levelsAre(app.LevelNone, app.LevelInfo, app.LevelError, app.LevelWarn),
		"07-lambda-timed-out":     factsAre(app.LogFacts{Level: app.LevelError, RequestID: "4725a167-21a7-5731-99c2-c3d0e3dfd772"}),
		"08-lambda-platform-json": factsAre(
			app.LogFacts{Level: app.LevelError, RequestID: "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa", TraceID: caseTrace},
			app.LogFacts{RequestID: "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa"}),
		"09-trace-id-with-entity": factsAre(app.LogFacts{TraceID: caseTrace}, app.LogFacts{TraceID: caseTrace}),
	} {
		t.Run(name, func(t *testing.T) { check(t, caseFolder(filepath.Join(casesFolder, name))) })
	}
}

const caseTrace = app.TraceID("1-62e900b2-710d76f009d6e7785905449a")

// caseFolder is the folder of a case.
type caseFolder string

// answer reads what AWS answered to an operation.
func (c caseFolder) answer(t *testing.T, operation string, answer any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(string(c), "input.json"))
	if err != nil {
		t.Fatal(err)
	}
	var operations map[string]json.RawMessage
	if err := json.Unmarshal(text, &operations); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(operations[operation], answer); err != nil {
		t.Fatalf("%s: %v", operation, err)
	}
}

// messages are those of the log events.
func (c caseFolder) messages(t *testing.T) (all []string) {
	t.Helper()
	var answer struct{ Events []struct{ Message string } }
	c.answer(t, "FilterLogEvents", &answer)
	for _, e := range answer.Events {
		all = append(all, e.Message)
	}
	return all
}

func factsAre(want ...app.LogFacts) func(*testing.T, caseFolder) {
	return func(t *testing.T, c caseFolder) {
		messages := c.messages(t)
		if len(messages) != len(want) {
			t.Fatalf("%d messages, want %d", len(messages), len(want))
		}
		for i, m := range messages {
			if got := app.ReadFacts(m); got != want[i] {
				t.Errorf("%q: %+v, want %+v", m, got, want[i])
			}
		}
	}
}

func levelsAre(levels ...app.Level) func(*testing.T, caseFolder) {
	var want []app.LogFacts
	for _, l := range levels {
		want = append(want, app.LogFacts{Level: l})
	}
	return factsAre(want...)
}
