package bundle_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/bundle"
	"github.com/nephograph/nephograph/views/cachetest"
)

// BenchmarkWrite prepares and writes the bundle of the incident of cachetest. Budget: 1 s for the demo's incident,
// which has 19,600 log events and 500 traces, and 3 MB; this one has a tenth of it.
func BenchmarkWrite(b *testing.B) {
	from := cachetest.New(b, cachetest.Incident()).DB
	i := opened(b, from)
	for b.Loop() {
		d := must[*bundle.Draft](b)(bundle.Prepare(b.Context(), from, i, bundle.Options{Now: cachetest.Now()}))
		if err := d.Write(io.Discard, bundle.Lock{}); err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}

// BenchmarkOpen opens it and reads its alarms. Budget: 0.5 s for the demo's.
func BenchmarkOpen(b *testing.B) {
	packed, _, _ := packed(b, bundle.Lock{})
	b.ReportMetric(float64(len(packed)), "bytes")
	for b.Loop() {
		got := must[*bundle.Bundle](b)(bundle.Read(b.Context(), bytes.NewReader(packed), int64(len(packed)),
			bundle.Key{}))
		must[[]app.Alarm](b)(got.Cache.Alarms(b.Context(), app.AlarmQuery{}))
		got.Close()
	}
}
