package pipe

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// function is what a name before parentheses means. One of its three forms is set.
type function struct {
	least, most int // arguments; most is -1 for any number
	// of gives the value of the arguments' values.
	of func(args []Value) Value
	// times is of a time and a period, which is the last argument.
	times func(p Period, ms int64) int64
	// aggregate makes a function of stats: args are its arguments, evaluated for each row.
	aggregate func(c call) aggregate
	// ofRun reads what is the same for all rows.
	ofRun func(o Options) Value
}

// anyNumber of arguments.
const anyNumber = -1

// functions has them by name, in lower case ("Boolean, comparison, numeric, datetime, and other functions" and "stats",
// CloudWatch Logs user guide).
var functions = map[string]function{
	"abs":   {least: 1, most: 1, of: arithmetic(math.Abs)},
	"ceil":  {least: 1, most: 1, of: arithmetic(math.Ceil)},
	"floor": {least: 1, most: 1, of: arithmetic(math.Floor)},
	"log":   {least: 1, most: 1, of: arithmetic(math.Log)},
	"sqrt":  {least: 1, most: 1, of: arithmetic(math.Sqrt)},
	"round": {least: 1, most: 2, of: round},

	"greatest": {least: 1, most: anyNumber, of: extreme(func(a, b float64) bool { return a > b })},
	"least":    {least: 1, most: anyNumber, of: extreme(func(a, b float64) bool { return a < b })},

	"bin":       {least: 1, most: 1, times: Period.floor},
	"datefloor": {least: 2, most: 2, times: Period.floor},
	"dateceil":  {least: 2, most: 2, times: Period.ceil},
	"frommillis": {least: 1, most: 1, of: func(a []Value) Value {
		if n, ok := a[0].Number(); ok && math.Abs(n) <= maxMillis {
			return millisOf(math.Trunc(n))
		}
		return Value{}
	}},
	"tomillis": {least: 1, most: 1, of: func(a []Value) Value {
		if a[0].is(Time) {
			return numberOf(a[0].num)
		}
		return Value{}
	}},
	"now":            {ofRun: func(o Options) Value { return numberOf(float64(o.Now.Unix())) }},
	"querystarttime": {ofRun: func(o Options) Value { return numberOf(float64(o.Range.From.UnixMilli())) }},
	"queryendtime":   {ofRun: func(o Options) Value { return numberOf(float64(o.Range.To.UnixMilli())) }},
	"querytimerange": {ofRun: func(o Options) Value { return numberOf(float64(o.Range.Length().Milliseconds())) }},

	"ispresent": {least: 1, most: 1, of: func(a []Value) Value { return boolOf(!a[0].is(None)) }},
	"coalesce":  {least: 1, most: anyNumber, of: coalesce},
	"if":        {least: 3, most: 3, of: either},
	"case":      {least: 2, most: 21, of: inCase}, // ten branches and what else
	"isnumeric": {least: 1, most: 1, of: func(a []Value) Value { _, ok := a[0].Number(); return boolOf(ok) }},
	"tonumber":  {least: 1, most: 1, of: arithmetic(func(n float64) float64 { return n })},
	"todouble":  {least: 1, most: 1, of: arithmetic(func(n float64) float64 { return n })},
	"toint":     {least: 1, most: 1, of: arithmetic(math.Trunc)},
	"tolong":    {least: 1, most: 1, of: arithmetic(math.Trunc)},

	"jsonparse": {least: 1, most: 1, of: jsonParse},
	"jsonstringify": {least: 1, most: 1, of: func(a []Value) Value {
		if a[0].is(JSON) {
			return textOf(a[0].text)
		}
		return Value{}
	}},

	"isvalidip":      {least: 1, most: 1, of: address(anyFamily)},
	"isvalidipv4":    {least: 1, most: 1, of: address(ipv4)},
	"isvalidipv6":    {least: 1, most: 1, of: address(ipv6)},
	"isipinsubnet":   {least: 2, most: 2, of: inSubnet(anyFamily)},
	"isipv4insubnet": {least: 2, most: 2, of: inSubnet(ipv4)},
	"isipv6insubnet": {least: 2, most: 2, of: inSubnet(ipv6)},

	"isempty": {least: 1, most: 1, of: func(a []Value) Value { return boolOf(a[0].absent() || a[0].String() == "") }},
	"isblank": {least: 1, most: 1, of: func(a []Value) Value {
		return boolOf(a[0].absent() || strings.TrimSpace(a[0].String()) == "")
	}},
	"concat":  {least: 1, most: anyNumber, of: concat},
	"trim":    {least: 1, most: 2, of: trimming(strings.Trim)},
	"ltrim":   {least: 1, most: 2, of: trimming(strings.TrimLeft)},
	"rtrim":   {least: 1, most: 2, of: trimming(strings.TrimRight)},
	"toupper": {least: 1, most: 1, of: ofText(func(s string) Value { return textOf(strings.ToUpper(s)) })},
	"tolower": {least: 1, most: 1, of: ofText(func(s string) Value { return textOf(strings.ToLower(s)) })},
	"strlen": {least: 1, most: 1, of: ofText(func(s string) Value {
		return numberOf(float64(len([]rune(s))))
	})},
	"messagesize": {least: 1, most: 1, of: ofText(func(s string) Value { return numberOf(float64(len(s))) })},
	"substr":      {least: 2, most: 3, of: substr},
	"replace":     {least: 3, most: 3, of: replace},
	"strcontains": {least: 2, most: 3, of: contains},
	"startswith":  {least: 2, most: 2, of: affix(strings.HasPrefix)},
	"endswith":    {least: 2, most: 2, of: affix(strings.HasSuffix)},

	"count":          {least: 0, most: 1, aggregate: newCount},
	"count_distinct": {least: 1, most: 1, aggregate: newDistinct},
	"sum":            {least: 1, most: 1, aggregate: newSum},
	"avg":            {least: 1, most: 1, aggregate: newMean},
	"min":            {least: 1, most: 1, aggregate: newMin},
	"max":            {least: 1, most: 1, aggregate: newMax},
	"stddev":         {least: 1, most: 1, aggregate: newDeviation},
	"pct":            {least: 2, most: 2, aggregate: newPercentile},
	"median":         {least: 1, most: 1, aggregate: newPercentile},
	"earliest":       {least: 1, most: 1, aggregate: newEarliest},
	"latest":         {least: 1, most: 1, aggregate: newLatest},
	"sortsfirst":     {least: 1, most: 1, aggregate: newFirst},
	"sortslast":      {least: 1, most: 1, aggregate: newLast},
}

// spelled are names of functions as AWS writes them where that is not in lower case.
var spelled = map[string]string{"frommillis": "fromMillis", "tomillis": "toMillis", "querystarttime": "queryStartTime",
	"queryendtime": "queryEndTime", "querytimerange": "queryTimeRange", "isnumeric": "isNumeric",
	"tonumber": "toNumber", "todouble": "toDouble", "toint": "toInt", "tolong": "toLong", "jsonparse": "jsonParse",
	"jsonstringify": "jsonStringify", "isvalidip": "isValidIp", "isvalidipv4": "isValidIpV4",
	"isvalidipv6": "isValidIpV6", "isipinsubnet": "isIpInSubnet", "isipv4insubnet": "isIpv4InSubnet",
	"isipv6insubnet": "isIpv6InSubnet", "messagesize": "messageSize", "startswith": "startsWith",
	"endswith": "endsWith", "sortsfirst": "sortsFirst", "sortslast": "sortsLast"}

// check returns what is wrong with the arguments of a call.
func (f function) check(c call) error {
	n := len(c.args)
	if n < f.least || f.most != anyNumber && n > f.most {
		return fmt.Errorf("%s takes %s, not %d", written(c.name), f.count(), n)
	}
	for i, a := range c.args {
		_, isPeriod := a.(period)
		if wanted := f.times != nil && i == n-1; isPeriod != wanted {
			if wanted {
				return fmt.Errorf("%s takes a period of time such as 5m, not %s", written(c.name), a)
			}
			return fmt.Errorf("%s takes no period of time", written(c.name))
		}
		if f.aggregate != nil && hasAggregate(a) {
			return errors.New("a function of stats stands in no other one")
		}
	}
	if c.name == "pct" {
		l, ok := c.args[1].(literal)
		if n, isNumber := l.value.Number(); !ok || !isNumber || n < 0 || n > 100 {
			return errors.New("pct takes a percentage from 0 to 100, such as pct(@duration, 95)")
		}
	}
	return nil
}

// count says how many arguments a function takes.
func (f function) count() string {
	switch {
	case f.most == anyNumber:
		return fmt.Sprintf("at least %d of arguments", f.least)
	case f.least == f.most && f.least == 1:
		return "one argument"
	case f.least == f.most:
		return fmt.Sprintf("%d arguments", f.least)
	}
	return fmt.Sprintf("%d to %d arguments", f.least, f.most)
}

// written is a function's name as AWS writes it.
func written(name string) string {
	if s, ok := spelled[name]; ok {
		return s
	}
	return name
}

// arithmetic makes a function of one number; what is no number then has no value.
func arithmetic(f func(float64) float64) func([]Value) Value {
	return func(a []Value) Value {
		n, ok := a[0].Number()
		if !ok {
			return Value{}
		}
		return finite(f(n))
	}
}

// finite is a number, or no value where it is none that can be shown.
func finite(n float64) Value {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return Value{}
	}
	return numberOf(n)
}

func round(a []Value) Value {
	n, ok := a[0].Number()
	places := 0.0
	if ok && len(a) == 2 {
		places, ok = a[1].Number()
	}
	if !ok || math.Abs(places) > 15 {
		return Value{}
	}
	scale := math.Pow(10, math.Trunc(places))
	return finite(math.Round(n*scale) / scale)
}

// extreme makes greatest and least: of what is a number among the arguments.
func extreme(better func(a, b float64) bool) func([]Value) Value {
	return func(a []Value) Value {
		var best Value
		for _, v := range a {
			if n, ok := v.Number(); ok && (best.is(None) || better(n, best.num)) {
				best = numberOf(n)
			}
		}
		return best
	}
}

func coalesce(a []Value) Value {
	for _, v := range a {
		if !v.is(None) {
			return v
		}
	}
	return Value{}
}

func either(a []Value) Value {
	if a[0].truth() {
		return a[1]
	}
	return a[2]
}

// inCase is case(condition, value, …, [else]).
func inCase(a []Value) Value {
	for len(a) > 1 {
		if a[0].truth() {
			return a[1]
		}
		a = a[2:]
	}
	if len(a) == 1 {
		return a[0]
	}
	return Value{}
}
