package pull

import (
	"cmp"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// metricGrid is what ranges of metrics are aligned to, beside the period, so that readings asked a moment apart have
// the same gaps and share a request. Datapoints asked once too often cost nothing: GetMetricData is billed by the
// metric.
const metricGrid = 5 * time.Minute

// gap is a range of which some readings know nothing final.
type gap struct {
	at       app.Range
	readings []app.Reading
}

// gaps groups the readings by the ranges that they lack, newest first, the longest of those that end together first.
// Each is asked by the finest period of which AWS still has datapoints (app.Reading.Eras), and no reading twice for one
// instant: an alarm may read by five minutes what others read by one, of which AWS keeps but five minutes after two
// weeks.
func (w Want) gaps(readings []app.Reading, covers map[string][]app.Cover, now time.Time) []gap {
	within := w.within(now)
	f := gapFinder{covers: covers, now: now, index: map[[2]int64]int{}, asked: map[string][]app.Range{}}
	skipped := func(r app.Reading) bool { return w.skips(covers[r.Key()], now) }
	wanted := slices.DeleteFunc(slices.Clone(readings), skipped)
	for _, r := range wanted {
		for _, era := range r.Eras(within, now) {
			if era.Period == r.Period {
				f.add(era, nil)
			}
		}
	}
	for _, r := range wanted { // after what is read by the longer period anyway
		known := finalRanges(r, covers)
		for _, era := range r.Eras(within, now) {
			if era.Period != r.Period {
				f.add(era, known)
				known = append(known, finalRanges(era.Reading, covers)...)
			}
		}
	}
	slices.SortFunc(f.found, func(a, b gap) int {
		return cmp.Or(b.at.To.Compare(a.at.To), a.at.From.Compare(b.at.From))
	})
	return f.found
}

// gapFinder puts together the ranges that readings lack.
type gapFinder struct {
	covers map[string][]app.Cover
	now    time.Time
	found  []gap
	index  map[[2]int64]int // of found, by the ends of its range
	asked  map[string][]app.Range
}

// add adds what an era lacks, but for the ranges that are known otherwise.
func (f *gapFinder) add(era app.Era, known []app.Range) {
	key := era.Key()
	for _, part := range app.Subtract(era.Range, known) {
		for _, whole := range gapsOf(era.Period, part, f.covers[key], f.now) {
			for _, at := range app.Subtract(whole, f.asked[key]) {
				f.ask(era.Reading, at)
			}
		}
	}
}

func (f *gapFinder) ask(r app.Reading, at app.Range) {
	ends := [2]int64{at.From.UnixMilli(), at.To.UnixMilli()}
	i, ok := f.index[ends]
	if !ok {
		i = len(f.found)
		f.index[ends] = i
		f.found = append(f.found, gap{at: at})
	}
	f.found[i].readings = append(f.found[i].readings, r)
	f.asked[r.Key()] = append(f.asked[r.Key()], at)
}

// finalRanges returns what is final of a reading, as far as AWS still had its datapoints when it was asked: an answer
// about an older time had none, whatever there was.
func finalRanges(r app.Reading, covers map[string][]app.Cover) []app.Range {
	var ranges []app.Range
	for _, c := range covers[r.Key()] {
		settled := c.Settled()
		stillKept := app.Range{From: c.AskedAt.Add(-app.KeptFor(r.Period)), To: settled.To}
		ranges = append(ranges, settled.Intersect(stillKept))
	}
	return ranges
}

// gapsOf returns the ranges that one reading lacks, in whole periods, as a period of which a part is asked has the
// statistic of that part. Only the period that now is in cannot be whole; it is asked again when it has ended, because
// the cover, which ends at now too, makes it part of the next gap. Before that nothing is asked: a tail without a new
// datapoint would be billed as much as one with it.
func gapsOf(period time.Duration, within app.Range, covers []app.Cover, now time.Time) []app.Range {
	step := grid(period)
	var fresh []app.Range
	for _, c := range covers {
		if !c.Answered() || now.Sub(c.AskedAt) >= period {
			continue
		}
		asked := c.Range
		if now.Sub(asked.To) < period { // it ends when the pull began, a little before it was asked
			asked.To = now
		}
		fresh = append(fresh, asked)
	}
	var wide []app.Range
	for _, r := range app.Due(untilNow(within.Align(step), now), covers, now) {
		for _, part := range app.Subtract(r, fresh) {
			wide = append(wide, untilNow(part.Align(step), now))
		}
	}
	return joinNear(app.Union(wide), joinWithin*period)
}

// joinWithin is how many datapoints are asked again where that makes one question of two, which are billed twice: a day
// of minutes, which is some 20 kB of an answer.
const joinWithin = 1_440

// joinNear joins ranges in order that lie no further apart than gap.
func joinNear(ranges []app.Range, gap time.Duration) []app.Range {
	var joined []app.Range
	for _, r := range ranges {
		if last := len(joined) - 1; last >= 0 && r.From.Sub(joined[last].To) <= gap {
			joined[last].To = r.To
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

// grid returns the shortest time that is a whole number of periods and of metricGrid.
func grid(period time.Duration) time.Duration {
	a, b := metricGrid, period
	if b <= 0 {
		return a
	}
	for b != 0 {
		a, b = b, a%b
	}
	return metricGrid / a * period
}
