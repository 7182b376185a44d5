package world

import (
	"fmt"
	"os"
	"testing"
	"time"
)

var anchor = time.Date(2026, 11, 20, 10, 12, 34, 0, time.UTC)

func shop(t testing.TB) Scenario {
	t.Helper()
	text, err := os.ReadFile("../../../assets/scenarios/shop.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseScenario(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLook(t *testing.T) {
	s := shop(t)
	begun := time.Now()
	w, err := Make(s, Options{Seed: 1, Anchor: anchor})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("made in", time.Since(begun))
	for _, p := range w.Places {
		n := 0
		for g, e := range p.Events {
			fmt.Println("  ", g, len(e))
			n += len(e)
		}
		spans := 0
		for _, tr := range p.Traces {
			spans += len(tr.Spans)
		}
		fmt.Println(p.Scope, "metrics", len(p.Metrics), "alarms", len(p.Alarms), "history", len(p.History), "logs", n, "traces", len(p.Traces), spans, "trail", len(p.Trail))
		for _, a := range p.Alarms {
			fmt.Println("    ", a.Name, a.State, a.Since.Sub(anchor).Round(time.Second), a.Reason)
		}
	}
}
