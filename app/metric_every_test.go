package app_test

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestEvery(t *testing.T) {
	at := func(minutes ...int) (points []app.Point) {
		for _, m := range minutes {
			points = append(points, app.Point{
				At: time.Date(2026, 3, 14, 9, 2, 0, 0, time.UTC).Add(time.Duration(m) * time.Minute), Value: 1})
		}
		return points
	}
	for name, c := range map[string]struct {
		period time.Duration
		points []app.Point
		want   time.Duration
	}{
		"by the minute":                 {time.Minute, at(0, 1, 2, 3, 4), time.Minute},
		"every five minutes":            {time.Minute, at(0, 5, 10, 15), 5 * time.Minute},
		"every five, one missing":       {time.Minute, at(0, 5, 10, 20, 25, 30), 5 * time.Minute},
		"every five, asked by five":     {5 * time.Minute, at(0, 5, 10, 15), 5 * time.Minute},
		"every hour":                    {time.Minute, at(0, 60, 120), time.Hour},
		"two only":                      {time.Minute, at(0, 5), time.Minute},
		"none":                          {time.Minute, nil, time.Minute},
		"irregular":                     {time.Minute, at(0, 5, 12, 40), time.Minute},
		"a minute with two gaps":        {time.Minute, at(0, 5, 10, 11, 16), time.Minute},
		"rare, of which two are near":   {time.Minute, at(0, 5, 60, 120, 300), time.Minute},
		"every seven":                   {time.Minute, at(0, 7, 14, 21), time.Minute},
		"every five, of three by three": {3 * time.Minute, at(0, 5, 10, 15), 3 * time.Minute},
	} {
		s := app.Series{Reading: app.Reading{Period: c.period}, Points: c.points}
		if got := s.Every(); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
