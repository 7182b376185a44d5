package alarms

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/chart"
	"github.com/nephograph/nephograph/views/ui"
)

// sparks reads the small charts of the rows that are visible, and keeps them: of 5,000 alarms a window shows thirty. It
// belongs to the UI goroutine.
type sparks struct {
	session *ui.Session
	reader  Reader
	load    ui.Loader
	onRead  func() // is called after charts were read: the rows have to be drawn again

	known     map[sparkKey]spark
	requested map[sparkKey]sparkRequest
	stale     map[sparkKey]bool
	flushing  bool // readRequested will be called
}

// sparkKey identifies a series with the threshold of an alarm.
type sparkKey struct {
	scope   app.Scope
	reading string
	alarm   string
}

// sparkRequest is what a row shows: a reading, with the threshold of an alarm if it has one.
type sparkRequest struct {
	alarm   app.Alarm
	reading app.Reading
	scope   app.Scope
}

func alarmSpark(a app.Alarm) sparkRequest {
	r, _ := a.Reading()
	return sparkRequest{a, r, a.Scope.Place()}
}

func (q sparkRequest) key() sparkKey { return sparkKey{q.scope, q.reading.Key(), q.alarm.Name} }

// spark is a chart with its last value.
type spark struct {
	chart *chart.Spark // nil: the cache has no datapoints
	last  app.Point
	late  bool // the last value is older than a newest one should be
}

// How much is read and kept at once.
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

// markStale has the charts read again when they are next visible; until then they stay as they are.
func (s *sparks) markStale() {
	if len(s.known) > maxSparks {
		s.reset()
	}
	for k := range s.known {
		s.stale[k] = true
	}
}

// of returns the chart of a row that is being drawn, false while there is none. One that is missing or stale is read.
func (s *sparks) of(q sparkRequest) (spark, bool) {
	if q.reading.Name == "" {
		return spark{}, true
	}
	key := q.key()
	found, ok := s.known[key]
	if !ok || s.stale[key] {
		s.requested[key] = q
		s.scheduleRead()
	}
	return found, ok
}

// scheduleRead has the requested charts read after all rows were drawn, and so have requested theirs.
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
	for _, q := range s.requested {
		if batch = append(batch, q); len(batch) == sparkBatch {
			break
		}
	}
	s.requested = map[sparkKey]sparkRequest{} // rows that are no longer visible need none
	if len(batch) == 0 || s.load.Busy() {
		return
	}
	within, now := s.session.Range(), s.session.Now()
	read := func(ctx context.Context) (map[sparkKey]spark, error) {
		return readSparks(ctx, s.reader, batch, within, now)
	}
	ui.Load(&s.load, read, func(charts map[sparkKey]spark, err error) {
		if err != nil { // reading the board shows the same error
			return
		}
		for k, found := range charts {
			s.known[k] = found
			delete(s.stale, k)
		}
		s.onRead()
	})
}

// stop cancels the read in progress.
func (s *sparks) stop() { s.load.Stop() }

// readSparks reads the series of a batch over a range and makes their charts, one for each request.
func readSparks(
	ctx context.Context, reader Reader, batch []sparkRequest, within app.Range, now time.Time,
) (map[sparkKey]spark, error) {
	type source struct {
		scope   app.Scope
		reading string
	}
	q := related.SeriesQuestion{Range: within, Now: now}
	asked := map[string]bool{}
	for _, r := range batch {
		if key := r.reading.Key(); !asked[key] {
			q.Readings, asked[key] = append(q.Readings, r.reading), true
		}
		if !slices.Contains(q.Scopes, r.scope) {
			q.Scopes = append(q.Scopes, r.scope)
		}
	}
	series, err := related.ReadSeries(ctx, reader, q)
	if err != nil {
		return nil, err
	}
	found := map[source]app.Series{}
	for _, s := range series {
		found[source{s.Series.Place(), s.Asked.Key()}] = s.Series
	}
	charts := map[sparkKey]spark{}
	for _, r := range batch {
		charts[r.key()] = newSpark(r.alarm, found[source{r.scope, r.reading.Key()}], within)
	}
	return charts, nil
}

func newSpark(a app.Alarm, s app.Series, within app.Range) spark {
	n := len(s.Points)
	if n == 0 {
		return spark{}
	}
	if !a.Compares(s.Period) {
		a.Threshold = nil
	}
	last := s.Points[n-1]
	return spark{chart.NewSpark(a, s.Points, s.Period, within), last, within.To.Sub(last.At) > sparkLate+2*s.Period}
}
