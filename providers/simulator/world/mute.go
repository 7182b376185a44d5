package world

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// MuteStory is a mute rule. Its times are offsets from the anchor, or stand in its schedule.
type MuteStory struct {
	In          string        `yaml:"in"`
	Name        string        `yaml:"name"`
	Description string        `yaml:"description"`
	Schedule    string        `yaml:"schedule"` // cron(...)
	At          time.Duration `yaml:"at"`       // or once, at whole minutes
	Length      string        `yaml:"length"`   // ISO 8601
	Zone        string        `yaml:"zone"`
	Alarms      []string      `yaml:"alarms"`
}

// DetectorStory is an anomaly detector on a metric.
type DetectorStory struct {
	In        string     `yaml:"in"`
	Metric    MetricName `yaml:"metric"`
	Statistic string     `yaml:"statistic"`
	State     string     `yaml:"state"`
	Zone      string     `yaml:"zone"`
}

// besideAlarms makes what stands beside alarms, and tells the alarms of it.
func (m *maker) besideAlarms() {
	for _, s := range m.scenario.Mutes {
		p := m.places[s.In]
		rule := m.muteRule(p, s)
		p.MuteRules = append(p.MuteRules, rule)
		for i, a := range p.Alarms {
			if slices.Contains(rule.Alarms, a.Name) {
				p.Alarms[i].Mutes = append(a.Mutes, rule.Mute)
			}
		}
	}
	for _, s := range m.scenario.Detectors {
		p, metric := m.places[s.In], s.Metric.identity()
		p.Detectors = append(p.Detectors, app.AnomalyDetector{ID: "detector-" + metric.Name,
			State:  app.DetectorState(s.State),
			Metric: &metric, Statistic: s.Statistic, Zone: s.Zone, Adapts: "NORMAL", Outliers: "MODERATE"})
	}
}

func (m *maker) muteRule(p *Place, s MuteStory) app.MuteRule {
	r := app.MuteRule{
		Scope: p.Scope, Alarms: s.Alarms,
		ARN:     strings.Replace(alarmARN(p.Scope, s.Name), ":alarm:", ":alarm-mute-rule:", 1),
		Updated: m.anchor().Add(-30 * 24 * time.Hour).Truncate(time.Second),
		Mute: app.Mute{Name: s.Name, Description: s.Description, Schedule: s.Schedule, Length: s.Length, Zone: s.Zone,
			Status: app.MuteScheduled},
	}
	if s.Schedule == "" {
		zone, err := time.LoadLocation(s.Zone)
		if err != nil {
			zone = time.UTC
		}
		r.Schedule = "at(" + m.anchor().Add(s.At).In(zone).Format("2006-01-02T15:04") + ")"
		if times, ok := r.Times(app.Range{From: m.anchor().Add(s.At - time.Hour), To: m.anchor()}); ok &&
			len(times) > 0 {
			r.Status = app.MuteExpired // once is over when its time is, but for now
		}
	}
	if _, now := r.At(m.anchor()); now {
		r.Status = app.MuteActive
	}
	return r
}
