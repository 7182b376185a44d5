package app

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// muteSchedule is when a mute rule begins to mute: once, or at the minutes that five fields name (CloudWatch API
// reference, Schedule).
type muteSchedule struct {
	zone *time.Location
	once time.Time // zero for one that recurs
	cron [5][]bool // of minute, hour, day of the month, month, day of the week: which values it has
}

// cronFields are the fields of cron(Minutes Hours Day-of-month Month Day-of-week).
var cronFields = [5]struct {
	first, last int
	names       []string // of the values from first on
}{
	{0, 59, nil}, {0, 23, nil}, {1, 31, nil},
	{1, 12, strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")},
	{0, 7, strings.Fields("SUN MON TUE WED THU FRI SAT")}, // 7 is Sunday too
}

// parseMuteSchedule reads a schedule; false for what is none, and for one that names both days of the month and days of
// the week: whether one has to hold or both, the document does not say.
func parseMuteSchedule(text string, zone *time.Location) (muteSchedule, bool) {
	s := muteSchedule{zone: zone}
	if inner, ok := within(text, "at(", ")"); ok {
		for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05"} {
			if at, err := time.ParseInLocation(layout, inner, zone); err == nil {
				s.once = at
				return s, true
			}
		}
		return s, false
	}
	inner, ok := within(text, "cron(", ")")
	fields := strings.Fields(inner)
	if !ok || len(fields) != len(cronFields) {
		return s, false
	}
	for i, f := range fields {
		if s.cron[i], ok = parseCronField(f, i); !ok {
			return s, false
		}
	}
	s.cron[4][0] = s.cron[4][0] || s.cron[4][7]
	return s, fields[2] == "*" || fields[4] == "*"
}

func within(text, before, after string) (string, bool) {
	inner, begins := strings.CutPrefix(strings.TrimSpace(text), before)
	inner, ends := strings.CutSuffix(inner, after)
	return strings.TrimSpace(inner), begins && ends
}

// parseCronField reads *, values and ranges, joined with commas.
func parseCronField(text string, field int) ([]bool, bool) {
	of := cronFields[field]
	has := make([]bool, of.last+1)
	for part := range strings.SplitSeq(text, ",") {
		from, to := of.first, of.last
		if part != "*" {
			low, high, isRange := strings.Cut(part, "-")
			var ok bool
			if from, ok = cronValue(low, field); !ok {
				return nil, false
			}
			if to = from; isRange {
				if to, ok = cronValue(high, field); !ok || to < from {
					return nil, false
				}
			}
		}
		for v := from; v <= to; v++ {
			has[v] = true
		}
	}
	return has, true
}

func cronValue(text string, field int) (int, bool) {
	of := cronFields[field]
	if i := slices.Index(of.names, strings.ToUpper(text)); i >= 0 {
		return of.first + i, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && of.first <= n && n <= of.last
}

// begins returns the instants within a range at which it begins to mute, in order. An hour that the clock leaves out
// has none, and one that it repeats counts once.
func (s muteSchedule) begins(within Range) []time.Time {
	if !s.once.IsZero() {
		if within.Contains(s.once) {
			return []time.Time{s.once.UTC()}
		}
		return nil
	}
	var all []time.Time
	y, m, d := within.From.In(s.zone).Date()
	for day := time.Date(y, m, d, 12, 0, 0, 0, s.zone); ; day = day.AddDate(0, 0, 1) { // noon, which each day has once
		y, m, d := day.Date()
		if !time.Date(y, m, d, 0, 0, 0, 0, s.zone).Before(within.To) {
			return all
		}
		if s.cron[2][d] && s.cron[3][m] && s.cron[4][day.Weekday()] {
			all = append(all, s.onDay(y, m, d, within)...)
		}
	}
}

func (s muteSchedule) onDay(y int, m time.Month, d int, within Range) (all []time.Time) {
	for hour, has := range s.cron[1] {
		for minute, is := range s.cron[0] {
			if !has || !is {
				continue
			}
			at := time.Date(y, m, d, hour, minute, 0, 0, s.zone)
			if at.Hour() == hour && within.Contains(at) {
				all = append(all, at.UTC())
			}
		}
	}
	return all
}

// isoLength is a length of time of ISO 8601 in days, hours and minutes.
var isoLength = regexp.MustCompile(`^P(?:(\d{1,3})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?$`)

// maxMute is the longest that a schedule mutes at a time (CloudWatch API reference, Schedule).
const maxMute = 15 * 24 * time.Hour

// parseISOLength reads PT4H, P2DT12H; false for what is none, or longer than AWS allows.
func parseISOLength(text string) (time.Duration, bool) {
	m := isoLength.FindStringSubmatch(text)
	if m == nil {
		return 0, false
	}
	var length time.Duration
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute} {
		n, _ := strconv.Atoi(m[i+1]) // at most six digits, or none
		length += time.Duration(n) * unit
	}
	return length, 0 < length && length <= maxMute
}
