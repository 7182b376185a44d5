package pipe

import (
	"fmt"
	"strings"
	"time"
)

// Period is a length of time by which times are rounded: a number of units, of which months, quarters and years are
// those of the calendar in UTC.
type Period struct {
	count  int
	unit   string        // as units has it
	months int           // of all of it; 0: length says it
	length time.Duration // of all of it
}

// units are the names of the units, from the documentation of bin, and how many of one Logs Insights takes at most: it
// reads bin(300s) as bin(60s).
var units = []struct {
	unit   string
	names  string
	length time.Duration
	most   int
	months int
}{
	{"ms", " ms msec msecs millisecond milliseconds ", time.Millisecond, 1000, 0},
	{"s", " s sec secs second seconds ", time.Second, 60, 0},
	{"m", " m min mins minute minutes ", time.Minute, 60, 0},
	{"h", " h hr hrs hour hours ", time.Hour, 24, 0},
	{"d", " d day days ", 24 * time.Hour, 366, 0},
	{"w", " w week weeks ", 7 * 24 * time.Hour, 53, 0},
	{"mo", " mo mon mons month months ", 0, 12, 1},
	{"q", " q qtr qtrs quarter quarters ", 0, 4, 3},
	{"y", " y yr yrs year years ", 0, 100, 12},
}

// parsePeriod reads 5m. AWS's cap holds: 300s is 60s.
func parsePeriod(text string) (Period, error) {
	digits := 0
	for digits < len(text) && isDigit(text[digits]) {
		digits++
	}
	count := 0
	if _, err := fmt.Sscanf(text[:digits], "%d", &count); err != nil || count < 1 {
		return Period{}, fmt.Errorf("%q is no period of time such as 5m or 1h", text)
	}
	for _, u := range units {
		if digits < len(text) && strings.Contains(u.names, " "+strings.ToLower(text[digits:])+" ") {
			count = min(count, u.most)
			return Period{count, u.unit, count * u.months, time.Duration(count) * u.length}, nil
		}
	}
	return Period{}, fmt.Errorf("%q is no period of time such as 5m or 1h", text)
}

// String writes the period as it is read.
func (p Period) String() string { return fmt.Sprint(p.count) + p.unit }

// Length returns how long the period is; about, where it is months.
func (p Period) Length() time.Duration {
	if p.months > 0 {
		return time.Duration(p.months) * 730 * time.Hour
	}
	return p.length
}

// monday is a beginning of a week, at which weeks are counted from: 1970-01-01 was a Thursday.
const monday = int64(4 * 24 * time.Hour / time.Millisecond)

// floor returns the beginning of the period that an instant lies in, in milliseconds.
func (p Period) floor(ms int64) int64 {
	if p.months > 0 {
		return p.month(ms, 0)
	}
	length, offset := p.length.Milliseconds(), int64(0)
	if p.unit == "w" {
		offset = monday
	}
	past := (ms - offset) % length
	if past < 0 {
		past += length
	}
	return ms - past
}

// ceil returns the beginning of the first period that does not begin before an instant.
func (p Period) ceil(ms int64) int64 {
	at := p.floor(ms)
	switch {
	case at == ms:
		return at
	case p.months > 0:
		return p.month(ms, 1)
	}
	return at + p.length.Milliseconds()
}

// month returns the beginning of the period of months that an instant lies in, or of the one after it.
func (p Period) month(ms int64, later int) int64 {
	t := time.UnixMilli(ms).UTC()
	months := t.Year()*12 + int(t.Month()) - 1
	months += later*p.months - months%p.months
	return time.Date(months/12, time.Month(months%12+1), 1, 0, 0, 0, 0, time.UTC).UnixMilli()
}
