package cache

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

// genPoints draws the datapoints of a chunk: regular, with gaps or at any instant, and values as metrics have them and as
// they have not.
func genPoints() *rapid.Generator[[]point] {
	return rapid.Custom(func(t *rapid.T) []point {
		period := rapid.SampledFrom([]int64{1, 1000, 60_000, 300_000, 86_400_000}).Draw(t, "period")
		uneven := rapid.SampledFrom([]int64{1, 1, 3, 7_777}).Draw(t, "uneven")
		value := rapid.SampledFrom([]*rapid.Generator[float64]{
			rapid.Map(rapid.IntRange(-50, 50), func(n int) float64 { return float64(n) }),
			rapid.Map(rapid.IntRange(-1e9, 1e9), func(n int) float64 { return float64(n) / 1000 }),
			rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 0.1, 0.30000000000000004, 1e300, -5e-324, math.MaxFloat64, 1 << 50, 1<<53 - 1, math.NaN(), math.Inf(-1)}),
			rapid.Float64(),
		}).Draw(t, "values")
		at := rapid.Int64Range(-1e14, 1e14).Draw(t, "first")
		points := make([]point, rapid.IntRange(1, 200).Draw(t, "n"))
		for i := range points {
			points[i] = point{at, value.Draw(t, "value")}
			at += period * rapid.Int64Range(1, uneven).Draw(t, "distance")
		}
		return points
	})
}

// samePoints compares bit by bit: a negative zero is not zero, and no number equals itself.
func samePoints(a, b []point) bool {
	return slices.EqualFunc(a, b, func(a, b point) bool { return a.at == b.at && math.Float64bits(a.value) == math.Float64bits(b.value) })
}

func TestChunksComeBack(t *testing.T) {
	var p packer
	rapid.Check(t, func(t *rapid.T) {
		want, before := genPoints().Draw(t, "points"), genPoints().Draw(t, "before")
		got, _, err := p.unpack(slices.Clone(before), must[[]byte](t)(p.pack(want)), nil)
		if err != nil || !samePoints(got, append(before, want...)) {
			t.Fatalf("%v: %v became %v", err, want, got)
		}
	})
}

func TestADayOfSecondsIsAChunk(t *testing.T) {
	var p packer
	want := make([]point, 86_400)
	for i := range want {
		want[i] = point{int64(i) * 1000, math.Sqrt(float64(i))}
	}
	got, _, err := p.unpack(nil, must[[]byte](t)(p.pack(want)), nil)
	if err != nil || !samePoints(got, want) {
		t.Fatalf("%d datapoints, %v", len(got), err)
	}
	if _, err := p.pack(nil); err == nil {
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
		points := make([]point, len(test.values))
		for i, v := range test.values {
			points[i].value = v
		}
		if places, ok := decimals(points); places != test.places || ok != test.ok {
			t.Errorf("%v: %d, %v", test.values, places, ok)
		}
	}
}

// Whatever bytes stand in the file, they unpack to what packs and unpacks again, or are said to be spoiled.
func FuzzUnpack(f *testing.F) {
	var p packer
	for _, points := range [][]point{{{0, 1}}, {{0, 1}, {60_000, 2}, {180_000, 2}}, {{5, 1.0 / 3}, {6, math.Inf(1)}}} {
		packed, err := p.pack(points)
		if err != nil {
			f.Fatal(err)
		}
		raw, err := p.decoder.DecodeAll(packed, nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, packed)
	}
	f.Fuzz(func(t *testing.T, raw, data []byte) {
		if _, _, err := p.unpack(nil, data, nil); err != nil && !errors.Is(err, errChunk) {
			t.Fatal(err)
		}
		points, _, err := p.unpack(nil, p.encoder.EncodeAll(raw, nil), nil)
		if err != nil {
			if !errors.Is(err, errChunk) || len(points) > 0 {
				t.Fatal(len(points), err)
			}
			return
		}
		if !slices.IsSortedFunc(points, func(a, b point) int { return int(max(-1, min(1, a.at-b.at))) }) {
			return // instants beyond the numbers of a clock
		}
		again, _, err := p.unpack(nil, must[[]byte](t)(p.pack(points)), nil)
		if err != nil || !samePoints(again, points) {
			t.Fatalf("%v: %v became %v", err, points, again)
		}
	})
}

// Real CloudWatch series, a day a chunk: under 4 bytes a datapoint.
func TestRealSeriesPackWell(t *testing.T) {
	files, _ := filepath.Glob("../../shared/data/nab/data/*.csv")
	if len(files) == 0 {
		t.Skip("shared/data/nab is not here")
	}
	var p packer
	count, bytes := 0, 0
	for _, name := range files {
		points := readCSV(t, name)
		for day := range slices.Chunk(points, 288) {
			packed := must[[]byte](t)(p.pack(day))
			got, _, err := p.unpack(nil, packed, nil)
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

// readCSV reads timestamp,value.
func readCSV(t *testing.T, name string) []point {
	t.Helper()
	f := must[*os.File](t)(os.Open(name))
	defer f.Close()
	var points []point
	for _, row := range must[[][]string](t)(csv.NewReader(f).ReadAll())[1:] {
		at := must[time.Time](t)(time.Parse(time.DateTime, row[0])).UnixMilli()
		if n := len(points); n > 0 && at <= points[n-1].at {
			continue // the clock was set back
		}
		points = append(points, point{at, must[float64](t)(strconv.ParseFloat(row[1], 64))})
	}
	return points
}
