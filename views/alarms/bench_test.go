package alarms

import (
	"fmt"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/ui"
)

// manyAlarms is how many an organization of many accounts has.
const manyAlarms = 5_000

func fiveThousand() cachetest.Contents {
	c := fiveAlarms()
	c.Alarms, c.History = nil, nil
	states := []app.AlarmState{app.OK, app.OK, app.OK, app.OK, app.InsufficientData, app.InAlarm}
	for i := range manyAlarms {
		name := fmt.Sprintf("service-%d-errors-%d", i%300, i)
		a := alarm(now, ireland, name, states[i%len(states)], time.Duration(i)*time.Minute, "checkout")
		a.Tags = map[string]string{"team": fmt.Sprintf("team-%d", i%40), "stack": fmt.Sprintf("stack-%d", i%300)}
		a.Description = "Errors of this function over its threshold mean that customers see failures."
		c.Alarms = append(c.Alarms, a)
		for j := range i % 3 {
			c.History = append(c.History, wentOff(now, a.Name, 30*j))
		}
	}
	return c
}

func bigScreen(b *testing.B) *screen {
	s := newScreen(b, fiveThousand(), 1376, 830)
	s.enter(nil)
	return s
}

// BenchmarkType is a letter typed into the filter over 5,000 alarms, until the rows are on the screen. Budget: 16 ms,
// one frame.
func BenchmarkType(b *testing.B) {
	s := bigScreen(b)
	texts := []string{"s", "se", "ser", "service-12", "team-7 errors"}
	for i := 0; b.Loop(); i++ {
		s.head.filter.SetText(texts[i%len(texts)])
		s.w.Canvas().Content().Refresh()
	}
}

// BenchmarkScroll is a frame of scrolling through 5,000 alarms, three rows at a time, charts and all. Budget: 16 ms,
// one frame.
func BenchmarkScroll(b *testing.B) {
	s := bigScreen(b)
	for i := 0; b.Loop(); i++ {
		s.list.ScrollToOffset(float32(i%1500) * 84)
		s.settle()
	}
}

// BenchmarkGroup puts 5,000 alarms in groups by a tag and shows them. Budget: 50 ms: it is done on a key.
func BenchmarkGroup(b *testing.B) {
	s := bigScreen(b)
	for i := 0; b.Loop(); i++ {
		s.groupBy([]grouping{"tag:stack", byService}[i%2])
	}
}

// BenchmarkOrder sorts 5,000 alarms by a column. Budget: 50 ms.
func BenchmarkOrder(b *testing.B) {
	s := bigScreen(b)
	for i := 0; b.Loop(); i++ {
		s.changeFilter(func(f *filter) { f.order = order{by: titleName, reversed: i%2 == 0} })
	}
}

// BenchmarkRead reads 5,000 alarms and makes their rows, away from the UI goroutine. Budget: 150 ms, of which the cache
// takes 65.
func BenchmarkRead(b *testing.B) {
	cache := cachetest.New(b, fiveThousand())
	for b.Loop() {
		if _, err := readBoard(b.Context(), cache, app.Focus{Window: time.Hour}, now, now, presets); err != nil {
			b.Fatal(err)
		}
	}
}

var _ ui.Screen = (*View)(nil)
