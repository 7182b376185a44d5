package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestAStripIsFilledInProportion(t *testing.T) {
	at := func(m int) time.Time { return time.Unix(0, 0).Add(time.Duration(m) * time.Minute) }
	span := func(from, to int, s app.AlarmState) app.StateSpan {
		return app.StateSpan{Range: app.Range{From: at(from), To: at(to)}, State: s}
	}
	var flapping []app.StateSpan // in alarm for a fifth of the time
	for m := 0; m < 1000; m += 10 {
		flapping = append(flapping, span(m, m+8, app.OK), span(m+8, m+10, app.InAlarm))
	}
	for name, c := range map[string]struct {
		spans []app.StateSpan
		n     int
		want  string // of each cell its layers, from the bottom
	}{
		"nothing": {nil, 2, "[[] []]"},
		"each state": {[]app.StateSpan{span(0, 20, app.NotKnown), span(20, 40, app.OK), span(40, 60, app.InAlarm),
			span(60, 80, app.InsufficientData)}, 4,
			"[[] [{OK 12}] [{ALARM 12}] [{INSUFFICIENT_DATA 12}]]"},
		"a short alarm": {[]app.StateSpan{span(0, 500, app.OK), span(500, 501, app.InAlarm),
			span(501, 900, app.OK)}, 3, "[[{OK 12}] [{ALARM 2} {OK 10}] [{OK 12}]]"},
		"a moment of OK": {[]app.StateSpan{span(0, 99, app.InAlarm), span(99, 100, app.OK)}, 1, "[[{ALARM 12}]]"},
		"three in a cell": {[]app.StateSpan{span(0, 50, app.OK), span(50, 75, app.InAlarm),
			span(75, 100, app.InsufficientData)}, 1, "[[{ALARM 3} {INSUFFICIENT_DATA 3} {OK 6}]]"},
		"flapping": {flapping, 2, "[[{ALARM 2} {OK 10}] [{ALARM 2} {OK 10}]]"},
		"known in part": {[]app.StateSpan{span(0, 25, app.OK), span(25, 50, app.InAlarm),
			span(50, 100, app.NotKnown)}, 1, "[[{ALARM 3} {OK 3}]]"},
		"over several": {[]app.StateSpan{span(0, 25, app.OK), span(25, 100, app.InAlarm)}, 2,
			"[[{ALARM 6} {OK 6}] [{ALARM 12}]]"},
		"not a whole cell":  {[]app.StateSpan{span(0, 7, app.OK)}, 3, "[[{OK 12}] [{OK 12}] [{OK 12}]]"},
		"no room for cells": {[]app.StateSpan{span(0, 7, app.OK)}, 0, "[]"},
	} {
		got := [][]layer{}
		for _, s := range sharesOf(c.spans, c.n) {
			got = append(got, s.layers())
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
