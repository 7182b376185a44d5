package phrase

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// AlarmReason says why an alarm is in its state: "3 of 3 datapoints above 80 % from 10:02 to 10:04.", "checkout-5xx
// went into alarm." moment writes a time. What AWS said stands as it is where it names neither datapoints nor alarms.
func AlarmReason(a app.Alarm, presets app.Presets, moment func(time.Time) string) string {
	return reason(a, presets, func(v app.Verdict) string { return Stretch(v, moment) })
}

func reason(a app.Alarm, presets app.Presets, when func(app.Verdict) string) string {
	if children := app.ParseAlarmTriggers(a.ReasonData); len(children) > 0 {
		return triggered(children)
	}
	v, then, ok := a.Noted()
	if !ok {
		return alarmARNs.ReplaceAllString(a.Reason, "")
	}
	text := VerdictSentence(then, v, presets, when(v))
	if _, missing, of := countPeriods(v); 0 < missing && missing < of {
		text = strings.TrimSuffix(text, ".") + fmt.Sprintf(", %d missing.", missing)
	}
	return text
}

// TurnReason is AlarmReason for a turn of an alarm's history, on a line below its time: "3 of 3 datapoints above 80 %,
// 10:02–10:04." clock writes a time of day.
func TurnReason(a app.Alarm, turn app.AlarmHistoryItem, presets app.Presets, clock func(time.Time) string) string {
	a.State = turn.To
	a.Reason, a.ReasonData = turn.Reason()
	return reason(a, presets, func(v app.Verdict) string {
		first, last := v.Span()
		if from, to := clock(first), clock(last); from != to {
			return ", " + from + "–" + to
		}
		return ", " + clock(first)
	})
}

// alarmARNs finds what stands before an alarm's name in its ARN.
var alarmARNs = regexp.MustCompile(`arn:[^:\s]*:cloudwatch:[^:\s]*:[^:\s]*:alarm:`)

// becomes says what a child's turn was.
var becomes = map[app.AlarmState]string{app.InAlarm: "went into alarm", app.OK: "is OK again",
	app.InsufficientData: "has insufficient data"}

// maxTriggers is how many children a reason names.
const maxTriggers = 3

func triggered(children []app.AlarmTrigger) string {
	var said []string
	for i, c := range children {
		if i == maxTriggers {
			said = append(said, fmt.Sprintf("and %d more", len(children)-i))
			break
		}
		said = append(said, c.Alarm+" "+cmp.Or(becomes[c.State], "turned"))
	}
	return strings.Join(said, ", ") + "."
}

// VerdictSentence says what an alarm makes of its metric at one moment: "2 of 3 datapoints above 80 % from 10:02 to
// 10:04." when is the time in words, with what joins it to the rest.
func VerdictSentence(a app.Alarm, v app.Verdict, presets app.Presets, when string) string {
	breaching, missing, of := countPeriods(v)
	if missing > 0 && missing >= of {
		if a.Kind == app.LogAlarm {
			return "No results" + when + "."
		}
		return "No datapoints" + when + "."
	}
	text := fmt.Sprintf("%d of %s %s", breaching, evaluated(a, of),
		cmp.Or(sides[a.Sign()], a.Sign()))
	if a.Threshold != nil {
		text += " " + ExactAmount(*a.Threshold, AlarmUnit(a, presets))
	}
	return text + when + "."
}

// evaluated counts what an alarm evaluates: datapoints, or results of its query.
func evaluated(a app.Alarm, n int) string {
	if a.Kind == app.LogAlarm {
		return Plural(int64(n), "result", "results")
	}
	return Plural(int64(n), "datapoint", "datapoints")
}

// MissingSentence says how the alarm took the datapoints that a verdict lacks, after VerdictSentence: "1 missing,
// taken as breaching."; "" where it lacks none, or nothing but what its state says.
func MissingSentence(a app.Alarm, v app.Verdict) string {
	_, missing, of := countPeriods(v)
	taken := map[string]string{
		"breaching": "taken as breaching", "notBreaching": "taken as not breaching",
	}[a.TreatedMissing()]
	switch {
	case missing == 0:
		return ""
	case taken != "":
		return fmt.Sprintf("%d missing, %s.", missing, taken)
	case missing < of:
		return fmt.Sprintf("%d missing, left out.", missing)
	case a.TreatedMissing() == "ignore":
		return "Without any it stays as it is."
	}
	return ""
}

// MissingWords says how an alarm takes missing datapoints, for where it is told apart from any.
func MissingWords(a app.Alarm) string {
	switch a.TreatedMissing() {
	case "breaching":
		return "taken as breaching"
	case "notBreaching":
		return "taken as not breaching"
	case "ignore":
		return "left out; without any, it stays as it is"
	}
	return "left out; without any, it has insufficient data"
}

// countPeriods counts, from the first period that decides on, the datapoints that breach by their value and the
// missing ones. of is how many decide.
func countPeriods(v app.Verdict) (breaching, missing, of int) {
	for _, p := range v.Periods {
		if p.Counted {
			of++
		}
		switch {
		case p.Value == nil && of > 0:
			missing++
		case p.Value != nil && p.Counted && p.Breaching:
			breaching++
		}
	}
	if of == 0 { // it looked, and nothing decided
		missing = len(v.Periods)
	}
	return breaching, missing, of
}

// Stretch says over which time the periods that decided lie: " from 10:02 to 10:04", " at 10:04". A day that both
// ends share is said once.
func Stretch(v app.Verdict, moment func(time.Time) string) string {
	first, last := v.Span()
	from, to := moment(first), moment(last)
	if from == to {
		return " at " + from
	}
	day := from[:strings.LastIndexByte(from, ' ')+1]
	return " from " + from + " to " + strings.TrimPrefix(to, day)
}
