package lane

import (
	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/chart"
)

// seriesInk returns how a series is drawn where the series strong stands out, from 1; 0: none does.
func seriesInk(name fyne.ThemeColorName, series, strong int) chart.Ink {
	if strong == 0 || series == strong-1 {
		return chart.Solid(name)
	}
	return chart.Ink{Name: name, Alpha: faintInk}
}

const (
	KeyRow   = 15 // from one line of series' names to the next, in pixels
	faintInk = 60 // opacity of the series that do not stand out
)

// Emphasize returns the lane with one series drawn strongly and the others faintly.
func (l *Metric) Emphasize(series int) Lane {
	one := *l
	one.emphasized = series + 1
	return &one
}

// Emphasize returns the lane with one percentile drawn strongly and the other faintly.
func (l *Trace) Emphasize(series int) Lane {
	one := *l
	one.emphasized = series + 1
	return &one
}

// keys name the series where there are several.
func (l *Metric) keys() []HeadKey {
	all := l.all()
	if len(all) < 2 {
		return nil
	}
	keys := make([]HeadKey, len(all))
	for i, s := range all {
		keys[i] = HeadKey{Word: s.word, Ink: s.ink}
		if i == 0 && len(l.lines) == 1 {
			keys[i].Word = l.what
		}
		if s.ownScale {
			keys[i].Top = " to " + scaleText(s.scale.Max, s.unit)
		}
	}
	return keys
}

// keys name the percentiles where they are drawn.
func (l *Trace) keys() []HeadKey {
	var keys []HeadKey
	for _, line := range l.lines {
		keys = append(keys, HeadKey{Word: line.word, Ink: line.ink.Name})
	}
	return keys
}
