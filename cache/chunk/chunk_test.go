package chunk

import (
	"encoding/csv"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// genPoints draws the datapoints of a chunk: regular, with gaps or at any time, with values that metrics have and
// values that they never have.
func genPoints() *rapid.Generator[[]Point] {
	return rapid.Custom(func(t *rapid.T) []Point {
		period := rapid.SampledFrom([]int64{1, 1000, 60_000, 300_000, 86_400_000}).Draw(t, "period")
		stretch := rapid.SampledFrom([]int64{1, 1, 3, 7_777}).Draw(t, "stretch")
		value := rapid.SampledFrom([]*rapid.Generator[float64]{
			rapid.Map(rapid.IntRange(-50, 50), func(n int) float64 { return float64(n) }),
			rapid.Map(rapid.IntRange(-1e9, 1e9), func(n int) float64 { return float64(n) / 1000 }),
			rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 0.1, 0.30000000000000004, 1e300, -5e-324,
				math.MaxFloat64,
				1 << 50, 1<<53 - 1, math.NaN(), math.Inf(-1)}),
			rapid.Float64(),
		}).Draw(t, "values")
		at := rapid.Int64Range(-1e14, 1e14).Draw(t, "first")
		points := make([]Point, rapid.IntRange(1, 200).Draw(t, "n"))
		for i := range points {
			points[i] = Point{at, value.Draw(t, "value")}
			at += period * rapid.Int64Range(1, stretch).Draw(t, "interval")
		}
		return points
	})
}

// samePoints compares bit by bit: a negative zero is not zero, and NaN equals itself.
func samePoints(a, b []Point) bool {
	return slices.EqualFunc(a, b, func(a, b Point) bool {
		return a.At == b.At && math.Float64bits(a.Value) == math.Float64bits(b.Value)
	})
}

// fataler is a test, a benchmark or a property.
type fataler interface {
	Helper()
	Fatal(...any)
}

func pack(t fataler, c *Codec, points []Point) []byte {
	t.Helper()
	data, err := c.Pack(points)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestMerge(t *testing.T) {
	for _, test := range []struct {
		old, new, all []Point
		changed       int
	}{
		{nil, nil, nil, 0},
		{[]Point{{1, 1}}, nil, []Point{{1, 1}}, 0},
		{[]Point{{1, 1}, {3, 3}}, []Point{{2, 2}}, []Point{{1, 1}, {2, 2}, {3, 3}}, 1},
		{[]Point{{1, 1}, {3, 3}}, []Point{{3, 3}, {4, 4}}, []Point{{1, 1}, {3, 3}, {4, 4}}, 1},
		{[]Point{{1, 1}}, []Point{{1, 5}, {1, 6}}, []Point{{1, 6}}, 1},
		{[]Point{{1, 0}}, []Point{{1, math.Copysign(0, -1)}}, []Point{{1, math.Copysign(0, -1)}}, 1},
	} {
		if all, changed := Merge(nil, test.old, test.new); !samePoints(all, test.all) || changed != test.changed {
			t.Errorf("%v and %v: %v, %d changed", test.old, test.new, all, changed)
		}
	}
}

func TestChunksComeBack(t *testing.T) {
	var c Codec
	rapid.Check(t, func(t *rapid.T) {
		want, before := genPoints().Draw(t, "points"), genPoints().Draw(t, "before")
		got, _, err := c.Unpack(slices.Clone(before), pack(t, &c, want), nil)
		if err != nil || !samePoints(got, append(before, want...)) {
			t.Fatalf("%v: %v became %v", err, want, got)
		}
	})
}

func TestADayOfSecondsIsAChunk(t *testing.T) {
	var c Codec
	want := make([]Point, 86_400)
	for i := range want {
		want[i] = Point{int64(i) * 1000, math.Sqrt(float64(i))}
	}
	got, _, err := c.Unpack(nil, pack(t, &c, want), nil)
	if err != nil || !samePoints(got, want) {
		t.Fatalf("%d datapoints, %v", len(got), err)
	}
	if _, err := c.Pack(nil); err == nil {
		t.Error("a chunk of nothing")
	}
}

func TestDecimalsAreFound(t *testing.T) {
	for _, test := range []struct {
		values []float64
		places int
		ok     bool
	}{
		{[]float64{0, 12, -3}, 0, true},
		{[]float64{1, 0.25}, 2, true},
		{[]float64{99.999999}, 6, true},
		{[]float64{1.0 / 3}, 0, false},
		{[]float64{0.30000000000000004}, 0, false},
		{[]float64{math.Copysign(0, -1)}, 0, false},
		{[]float64{1e18}, 0, false},
		{[]float64{math.NaN()}, 0, false},
		{[]float64{1 << 49, 0.5}, 0, false}, // ten times the first is too large
	} {
		points := make([]Point, len(test.values))
		for i, v := range test.values {
			points[i].Value = v
		}
		if places, ok := decimalPlaces(points); places != test.places || ok != test.ok {
			t.Errorf("%v: %d, %v", test.values, places, ok)
		}
	}
}

// Any bytes either unpack to datapoints that can be packed and unpacked again, or are reported as damaged.
func FuzzUnpack(f *testing.F) {
	var c Codec
	for _, points := range [][]Point{{{0, 1}}, {{0, 1}, {60_000, 2}, {180_000, 2}}, {{5, 1.0 / 3}, {6, math.Inf(1)}}} {
		packed, err := c.Pack(points)
		if err != nil {
			f.Fatal(err)
		}
		raw, err := c.decoder.DecodeAll(packed, nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, packed)
	}
	f.Fuzz(func(t *testing.T, raw, data []byte) {
		if _, _, err := c.Unpack(nil, data, nil); err != nil && !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
		points, _, err := c.Unpack(nil, c.encoder.EncodeAll(raw, nil), nil)
		if err != nil {
			if !errors.Is(err, ErrDamaged) || len(points) > 0 {
				t.Fatal(len(points), err)
			}
			return
		}
		if !slices.IsSortedFunc(points, func(a, b Point) int { return int(max(-1, min(1, a.At-b.At))) }) {
			return // instants beyond the numbers of a clock
		}
		again, _, err := c.Unpack(nil, pack(t, &c, points), nil)
		if err != nil || !samePoints(again, points) {
			t.Fatalf("%v: %v became %v", err, points, again)
		}
	})
}

// Real CloudWatch series, a day a chunk: under 4 bytes a datapoint.
func TestRealSeriesPackWell(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/nab/data/*.csv")
	if len(files) == 0 {
		t.Skip("shared/data/nab is not here")
	}
	var c Codec
	count, bytes := 0, 0
	for _, name := range files {
		points := readCSV(t, name)
		for day := range slices.Chunk(points, 288) {
			packed := pack(t, &c, day)
			got, _, err := c.Unpack(nil, packed, nil)
			if err != nil || !samePoints(got, day) {
				t.Fatal(name, err)
			}
			count, bytes = count+len(day), bytes+len(packed)
		}
	}
	if perPoint := float64(bytes) / float64(count); perPoint > 4 {
		t.Errorf("%.2f bytes a datapoint", perPoint)
	}
}

// readCSV reads lines of a timestamp and a value.
func readCSV(t *testing.T, name string) []Point {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var points []Point
	for _, row := range rows[1:] {
		at, wrongTime := time.Parse(time.DateTime, row[0])
		value, wrongValue := strconv.ParseFloat(row[1], 64)
		if err := errors.Join(wrongTime, wrongValue); err != nil {
			t.Fatal(err)
		}
		if n := len(points); n > 0 && at.UnixMilli() <= points[n-1].At {
			continue // the clock was set back
		}
		points = append(points, Point{at.UnixMilli(), value})
	}
	return points
}

// twoWeeks is a series of 20,160 minutes, of values with three decimals as services publish them, or of quotients.
func twoWeeks(decimals bool) []Point {
	points := make([]Point, 14*24*60)
	for i := range points {
		value := 100 + 50*math.Sin(float64(i)/100) + float64(i*7919%100)
		if decimals {
			value = math.Round(value*1000) / 1000
		}
		points[i] = Point{int64(i) * 60_000, value}
	}
	return points
}

// packDays packs the datapoints of minutes, a day a chunk.
func packDays(t fataler, c *Codec, points []Point) (packed [][]byte) {
	for day := range slices.Chunk(points, 24*60) {
		packed = append(packed, pack(t, c, day))
	}
	return packed
}

// Budget: 100 ns a datapoint packed, 50 ns unpacked.
func BenchmarkCodec(b *testing.B) {
	for name, decimals := range map[string]bool{"decimals": true, "quotients": false} {
		var c Codec
		points := twoWeeks(decimals)
		b.Run("pack "+name, func(b *testing.B) {
			for b.Loop() {
				packDays(b, &c, points)
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N*len(points)), "ns/datapoint")
		})
		packed := packDays(b, &c, points)
		b.Run("unpack "+name, func(b *testing.B) {
			got, scratch := make([]Point, 0, len(points)), []byte(nil)
			for b.Loop() {
				got = got[:0]
				for _, data := range packed {
					var err error
					if got, scratch, err = c.Unpack(got, data, scratch); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N*len(points)), "ns/datapoint")
		})
	}
}
