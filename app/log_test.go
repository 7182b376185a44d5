package app_test

import (
	"encoding/json"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestLevel(t *testing.T) {
	for name, want := range map[string]app.Level{
		"trace": app.LevelDebug, "Information": app.LevelInfo, "WARN": app.LevelWarn, "CRITICAL": app.LevelError,
		"": app.LevelNone, "loud": app.LevelNone,
		"fail": app.LevelError, "dbug": app.LevelDebug, "wrn": app.LevelWarn, "informationals": app.LevelNone,
		"30": app.LevelNone,
	} {
		if got := app.ParseLevel(name); got != want {
			t.Errorf("%q is %v, want %v", name, got, want)
		}
	}
	for l := app.LevelNone; l <= app.LevelError; l++ {
		b, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		var again app.Level
		if err := json.Unmarshal(b, &again); err != nil || again != l {
			t.Errorf("%s is read as %v: %v", b, again, err)
		}
	}
	if got := app.Level(77).String(); got != "" {
		t.Errorf("a level that is none is called %q", got)
	}
}
