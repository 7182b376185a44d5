package pipe

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Evaluate runs a query over events, which come newest first. It reads no further than the result needs.
func (q Query) Evaluate(events iter.Seq2[app.LogEvent, error], o Options) (Table, error) {
	run := q.Start(o)
	for e, err := range events {
		if err != nil {
			return Table{}, err
		}
		if !run.Add(&e) {
			break
		}
	}
	return run.Table(), nil
}

// Line is one row as JSON: an object with the columns in their order. Times are in UTC, and what has no value is null.
func (t Table) Line(row int) json.Marshaler { return line{t.Columns, t.Rows[row]} }

type line struct {
	columns []Column
	values  []Value
}

// MarshalJSON writes the object.
func (l line) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, c := range l.columns {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(c.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(l.values[i].plain())
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// plain is a value as encoding/json takes it.
func (v Value) plain() any {
	switch v.kind {
	case Text:
		return v.text
	case Number:
		return v.num
	case Bool:
		return v.num != 0
	case Time:
		return instant(v.num)
	case JSON:
		return json.RawMessage(v.text)
	}
	return nil
}

// In writes a value as String does, with times in a zone.
func (v Value) In(zone *time.Location) string {
	if v.kind == Time {
		return instant(v.num).In(zone).Format(timeForm)
	}
	return v.String()
}

// Numeric reports whether a column has numbers only, so that it is aligned as such.
func (t Table) Numeric(column int) bool {
	some := false
	for _, row := range t.Rows {
		v := row[column]
		if v.is(None) {
			continue
		}
		if _, ok := v.Number(); !ok || v.is(Time) {
			return false
		}
		some = true
	}
	return some
}

// Series is how one value of a table goes over time.
type Series struct {
	Name   string // of the groups beside time, and of the column where there are several
	Points []app.Point
}

// Chart returns the columns of a table that stats has made by time as series, the largest first, and the time that a
// point stands for; ok is false where the table is no such.
func (t Table) Chart() (series []Series, bucket time.Duration, ok bool) {
	at := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Group && c.Bucket != Period{} })
	if at < 0 {
		return nil, 0, false
	}
	values := 0
	for i, c := range t.Columns {
		if !c.Group && t.Numeric(i) {
			values++
		}
	}
	index := map[string]int{}
	for _, row := range t.Rows {
		group := groupName(t.Columns, row)
		for i, c := range t.Columns {
			n, isNumber := row[i].Number()
			if c.Group || !isNumber || row[i].is(Time) || row[at].kind != Time {
				continue
			}
			name := group
			if values > 1 || name == "" {
				name = joinNames(group, c.Name)
			}
			place, had := index[name]
			if !had {
				place = len(series)
				index[name] = place
				series = append(series, Series{Name: name})
			}
			series[place].Points = append(series[place].Points, app.Point{At: row[at].Instant(), Value: n})
		}
	}
	for i := range series {
		slices.SortFunc(series[i].Points, func(a, b app.Point) int { return a.At.Compare(b.At) })
	}
	slices.SortStableFunc(series, func(a, b Series) int { return compareSums(b, a) })
	return series, t.Columns[at].Bucket.Length(), len(series) > 0
}

// groupName says what a row is grouped by beside time.
func groupName(columns []Column, row []Value) (name string) {
	for i, c := range columns {
		if c.Group && c.Bucket == (Period{}) {
			said := row[i].String()
			if said == "" {
				said = "(none)"
			}
			name = joinNames(name, said)
		}
	}
	return name
}

func joinNames(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

func compareSums(a, b Series) int {
	sum := func(s Series) (n float64) {
		for _, p := range s.Points {
			n += p.Value
		}
		return n
	}
	switch x, y := sum(a), sum(b); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}
