package assets_test

import (
	"bytes"
	"image/png"
	"regexp"
	"slices"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
)

// statistic is what GetMetricData takes as Stat.
var statistic = regexp.MustCompile(`^(Sum|Average|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d{1,10})?)$`)

func TestPresetsAreWhole(t *testing.T) {
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range presets {
		if p.Title == "" || len(p.Metrics) == 0 {
			t.Errorf("%s: a preset needs a title and metrics", p.Namespace)
		}
		if !slices.ContainsFunc(p.Metrics, func(m app.MetricPreset) bool { return m.Tells }) {
			t.Errorf("%s: none of its metrics tells first that something is wrong", p.Namespace)
		}
		for _, m := range p.Metrics {
			id := p.Namespace + " " + m.Name
			if seen[id] {
				t.Errorf("%s stands twice", id)
			}
			seen[id] = true
			if !statistic.MatchString(m.Statistic) {
				t.Errorf("%s: %q is no statistic of CloudWatch", id, m.Statistic)
			}
			if m.Unit == "" || m.Means == "" {
				t.Errorf("%s: unit and meaning must be given", id)
			}
			for _, other := range []string{m.Beside, m.Limit.Metric} {
				if _, ok := presets.Of(app.NewMetric(p.Namespace, other)); other != "" && !ok {
					t.Errorf("%s: there is no preset of %s", id, other)
				}
			}
			if m.Limit.PerSecond && m.Statistic != "Sum" {
				t.Errorf("%s: only a Sum can be told a second", id)
			}
		}
	}
}

func TestPresetKnowsLambdaErrors(t *testing.T) {
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	known, ok := presets.Of(app.NewMetric("AWS/Lambda", "Errors",
		app.Dimension{Name: "FunctionName", Value: "checkout"}))
	if !ok || known.Statistic != "Sum" {
		t.Errorf("Lambda errors are read as %q (known: %v), want Sum", known.Statistic, ok)
	}
}

func TestScenarioThatIsNotThere(t *testing.T) {
	if _, err := assets.Scenario("nowhere"); err == nil {
		t.Error("want an error that names the scenarios there are")
	}
}

func TestIconIsASquarePNG(t *testing.T) {
	icon, err := png.DecodeConfig(bytes.NewReader(assets.Icon))
	if err != nil {
		t.Fatal(err)
	}
	if icon.Width != 512 || icon.Height != 512 {
		t.Errorf("the icon is %d by %d, want 512 by 512", icon.Width, icon.Height)
	}
}
