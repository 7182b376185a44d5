package timeline

import (
	"testing"

	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/lane"
)

func TestHeightsShareTheRoom(t *testing.T) {
	e, err := read(t.Context(), incident().open(t),
		question{axis: chart.Axis{Range: hour, Width: 800}, now: now, presets: presets})
	if err != nil {
		t.Fatal(err)
	}
	sum := func(room float32) (total float32) {
		rows := rowsOf(e, boardOf(e))
		setHeights(rows, room)
		for _, r := range rows {
			least, best := r.bounds()
			if alarms, ok := r.lane.(lane.Shrinker); ok {
				least = alarms.Shrink(r.height, 10_000)
			}
			if r.height < least-1 || r.height > best {
				t.Errorf("in %v a lane of %v to %v is %v high", room, least, best, r.height)
			}
			total += r.height
		}
		return total
	}
	if got := sum(10_000); got > 2000 {
		t.Errorf("much room makes lanes %v high", got)
	}
	if got := sum(850); got > 850 {
		t.Errorf("lanes that would fit are %v high", got)
	}
	if got := sum(100); got < 600 {
		t.Errorf("little room squeezes lanes to %v", got)
	}
}
