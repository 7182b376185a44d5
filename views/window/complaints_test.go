package window

import (
	"errors"
	"log"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func TestHarmlessReportsOfFyneAreDropped(t *testing.T) {
	var out strings.Builder
	before := log.Writer()
	log.SetOutput(WithoutHarmless(&out))
	defer log.SetOutput(before)
	fyne.LogError("failed to watch theme settings", errors.New("no bus"))
	log.Print("another line")
	fyne.LogError("Unable to open the window", errors.New("no OpenGL"))
	fyne.LogError("Preferences load error:", errors.New("EOF"))
	for _, want := range []string{"another line", "Unable to open the window", "no OpenGL", "complaints_test.go"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not said: %s", want, out.String())
		}
	}
	for _, unwanted := range []string{"no bus", "theme", "EOF"} {
		if strings.Contains(out.String(), unwanted) {
			t.Errorf("%q is said: %s", unwanted, out.String())
		}
	}
	if lines := strings.Count(out.String(), "\n"); lines != 4 {
		t.Errorf("%d lines: %s", lines, out.String())
	}
}
