package world

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
)

// Truth is what a world holds, told as counts and digests: what any way through wire, SDK and cache must end with.
// Secrets are masked in it, as they are in a cache unless a person has set otherwise.
type Truth struct {
	Seed   uint64         `json:"seed"`
	Scale  float64        `json:"scale"`
	Range  app.Range      `json:"range"`
	Total  map[string]Sum `json:"total"`
	Places []PlaceTruth   `json:"places"`
}

// PlaceTruth is the truth about one place.
type PlaceTruth struct {
	app.Scope
	Profile string         `json:"profile"`
	Signals map[string]Sum `json:"signals"`
}

// Sum is a count of items and the SHA-256 over them: each as a line of JSON, as package app writes it and without
// escapes for HTML, the lines sorted bytewise.
type Sum struct {
	Count  int    `json:"count"`
	SHA256 string `json:"sha256"`
}

// The signals of a Truth.
const (
	TruthAlarms    = "alarms"
	TruthHistory   = "alarm_history"
	TruthMetrics   = "metrics"
	TruthLogGroups = "log_groups"
	TruthLogs      = "logs"
	TruthTraces    = "traces"
	TruthTrail     = "trail"
)

// Truth tells the truth within a range. Alarms and log groups have no time and are told whole. A trace counts by its
// start. Metrics are the series of the readings that the presets propose and the alarms evaluate; a series without a
// point in the range does not count.
func (w *World) Truth(presets app.Presets, within app.Range) Truth {
	t := Truth{Seed: w.Seed, Scale: w.Scale, Range: within, Total: map[string]Sum{}}
	for _, p := range w.Places {
		t.Places = append(t.Places, PlaceTruth{p.Scope, p.Scope.Profile, map[string]Sum{}})
	}
	for _, signal := range []string{TruthAlarms, TruthHistory, TruthMetrics, TruthLogGroups, TruthLogs, TruthTraces,
		TruthTrail} {
		var all lines // one signal at a time: the logs of a world are the most of it
		for i, p := range w.Places {
			mine := p.lines(signal, presets, within)
			t.Places[i].Signals[signal] = mine.sum()
			all = append(all, mine...)
		}
		t.Total[signal] = all.sum()
	}
	return t
}

// lines are items as lines of JSON.
type lines [][]byte

func (l *lines) add(item any) { *l = append(*l, []byte(mustJSON(item))) }

func (l lines) sum() Sum {
	slices.SortFunc(l, bytes.Compare)
	h := sha256.New()
	for _, line := range l {
		h.Write(line)
		h.Write([]byte{'\n'})
	}
	return Sum{len(l), hex.EncodeToString(h.Sum(nil))}
}

// lines returns the items of a signal within a range.
func (p *Place) lines(signal string, presets app.Presets, within app.Range) lines {
	var l lines
	var m mask.Mask // a cache holds no secrets
	switch signal {
	case TruthAlarms:
		for _, a := range p.Alarms {
			l.add(m.Alarm(a))
		}
	case TruthHistory:
		for _, h := range p.History {
			if within.Contains(h.At) {
				l.add(m.AlarmHistoryItem(h))
			}
		}
	case TruthMetrics:
		for _, s := range p.Series(presets, within) {
			l.add(s)
		}
	case TruthLogGroups:
		for _, g := range p.Groups {
			l.add(g)
		}
	case TruthLogs:
		for _, events := range p.Events {
			for _, e := range events {
				if within.Contains(e.At) {
					l.add(m.LogEvent(e))
				}
			}
		}
	case TruthTraces:
		for _, t := range p.Traces {
			if within.Contains(t.Start) {
				l.add(m.Trace(t))
			}
		}
	case TruthTrail:
		for _, e := range p.Trail {
			if within.Contains(e.At) {
				l.add(m.TrailEvent(e))
			}
		}
	}
	return l
}

// Series reads the place's metrics as presets and alarms do, within a range, sorted as app.CompareSeries says. Series
// without a point are left out.
func (p *Place) Series(presets app.Presets, within app.Range) []app.Series {
	metrics := make([]app.Metric, len(p.Metrics))
	for i, r := range p.Metrics {
		metrics[i] = r.Metric
	}
	var all []app.Series
	for _, reading := range presets.Readings(metrics, p.Alarms) {
		r, ok := p.recorded(reading.Metric)
		if !ok {
			continue
		}
		known, _ := presets.Of(reading.Metric)
		if points := r.Points(reading.Statistic, reading.Period, within); len(points) > 0 {
			all = append(all, app.Series{Scope: p.Scope, Reading: reading, Unit: known.Unit, Points: points,
				Complete: true})
		}
	}
	return all
}
