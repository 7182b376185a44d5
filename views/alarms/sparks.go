package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// sparks reads the small charts of the rows that are seen, and keeps them: of 5,000 alarms a window shows thirty. It belongs to
// the UI goroutine.
type sparks struct {
	session *ui.Session
	reader  Reader
	load    ui.Loader
	onRead  func() // more are known: the rows are to be drawn again

	known     map[sparkKey]spark
	requested map[sparkKey]sparkRequest
	stale     map[sparkKey]bool
	flushing  bool // a flush is on its way
}

// sparkKey names a series against a threshold.
type sparkKey struct {
	scope   app.Scope
	reading string
	alarm   string
}

// sparkRequest is what a row wants to show: a reading, against the threshold of an alarm if it has one.
type sparkRequest struct {
	alarm   app.Alarm
	reading app.Reading
	scope   app.Scope
}

func alarmSpark(a app.Alarm) sparkRequest {
	r, _ := a.Reading()
	return sparkRequest{a, r, a.Scope.Place()}
}

func (w sparkRequest) key() sparkKey { return sparkKey{w.scope, w.reading.Key(), w.alarm.Name} }

// spark is a chart with its last value.
type spark struct {
	chart *chart.Spark // nil: the cache has no datapoints
	last  app.Point
	late  bool // the last value is older than the newest that there could be
}

// Limits of what is read and kept at once.
const (
	sparkBatch = 100   // series a read: a screen of 1440x2560 has as many rows
	maxSparks  = 2_000 // charts kept, some 3 kB each
	sparkLate  = 10 * time.Minute
)

func newSparks(session *ui.Session, reader Reader, drawn func()) *sparks {
	s := &sparks{session: session, reader: reader, load: ui.Loader{Threads: session.Threads}, onRead: drawn}
	s.reset()
	return s
}

func (s *sparks) reset() {
	s.known, s.requested, s.stale = map[sparkKey]spark{}, map[sparkKey]sparkRequest{}, map[sparkKey]bool{}
}

// markStale reads again what is known when it is next seen; until then it is shown as it was.
func (s *sparks) markStale() {
	if len(s.known) > maxSparks {
		s.reset()
	}
	for k := range s.known {
		s.stale[k] = true
	}
}

// of returns the chart of a row that is being drawn; false while it is not known, and then, or where it is stale, it is read.
func (s *sparks) of(w sparkRequest) (spark, bool) {
	if w.reading.Name == "" {
		return spark{}, true
	}
	key := w.key()
	found, ok := s.known[key]
	if !ok || s.stale[key] {
		s.requested[key] = w
		s.scheduleRead()
	}
	return found, ok
}

// scheduleRead reads what is wanted once all rows of the picture have said what they want.
func (s *sparks) scheduleRead() {
	if s.flushing || s.load.Busy() {
		return
	}
	s.flushing = true
	s.session.Threads.Away(func() { s.session.Threads.Back(s.readRequested) })
}

func (s *sparks) readRequested() {
	s.flushing = false
	batch := make([]sparkRequest, 0, len(s.requested))
	for _, w := range s.requested {
		if batch = append(batch, w); len(batch) == sparkBatch {
			break
		}
	}
	s.requested = map[sparkKey]sparkRequest{} // what is scrolled away is wanted no more
	if len(batch) == 0 || s.load.Busy() {
		return
	}
	within := s.session.Range()
	ui.Load(&s.load, func(ctx context.Context) (map[sparkKey]spark, error) { return readSparks(ctx, s.reader, batch, within) },
		func(read map[sparkKey]spark, err error) {
			if err != nil { // the board's own reading says what is wrong
				return
			}
			for k, found := range read {
				s.known[k] = found
				delete(s.stale, k)
			}
			s.onRead()
		})
}

// stop ends the reading that is going on.
func (s *sparks) stop() { s.load.Stop() }

// readSparks reads the series of a batch over a range and makes their charts. Each wish has an answer.
func readSparks(ctx context.Context, r Reader, batch []sparkRequest, within app.Range) (map[sparkKey]spark, error) {
	type place struct {
		scope   app.Scope
		reading string
	}
	q := app.SeriesQuery{Range: within}
	for _, w := range batch {
		if key := w.reading.Key(); !slices.Contains(q.Keys, key) {
			q.Keys = append(q.Keys, key)
		}
		if !slices.Contains(q.Scopes, w.scope) {
			q.Scopes = append(q.Scopes, w.scope)
		}
	}
	series, err := r.Series(ctx, q)
	if err != nil {
		return nil, err
	}
	found := map[place]app.Series{}
	for _, s := range series {
		found[place{s.Scope.Place(), s.Reading.Key()}] = s
	}
	charts := map[sparkKey]spark{}
	for _, w := range batch {
		charts[w.key()] = newSpark(w.alarm, found[place{w.scope, w.reading.Key()}], within)
	}
	return charts, nil
}

func newSpark(a app.Alarm, s app.Series, within app.Range) spark {
	n := len(s.Points)
	if n == 0 {
		return spark{}
	}
	last := s.Points[n-1]
	return spark{chart.NewSpark(a, s.Points, s.Period, within), last, within.To.Sub(last.At) > sparkLate+2*s.Period}
}
