package app

// LogTerm is one condition on a log event: as a rule on its message, with a Key on something else of it.
//
// A message is searched as it is written, and as it is shown: without the colours of a terminal, and with the escapes
// that encoders of JSON write (\u00fc, \/, \"), also where JSON lies within a text of JSON. A condition is met if one
// of these meets it.
//
// Text is found anywhere in the message, as grep finds it, in any case (Unicode's simple case folding). With a Field
// the message must say that the field has that value: as JSON ("status":500), as key=value (status=500) or as text
// (status: 500). A name with points is also that of a field within others: user.id is id within user, at any depth.
// The value may go on with further words, so that service:shop finds "shop api" but not "shops"; a star at its end
// finds any ending. With a Field and an Op the value is a number that compares so with Text, or a length of time where
// Text has a unit: took>1.5s finds took=2s, "took":"2500ms" and took: 3 min. A number without a unit is no length; 12
// ms is a number as well, 12ms is none. With Regexp the text is a regular expression in Go's syntax
// (https://pkg.go.dev/regexp/syntax), where case counts and ^ and $ are the ends of the message; line breaks at its end
// are not part of it.
//
// With a Key, Text is what the event itself has there, as LogKey says.
type LogTerm struct {
	Text   string
	Field  string
	Op     Comparison // of the value of Field; "": it is Text
	Key    LogKey     // what of the event is asked about; "": its message
	Regexp bool
	Whole  bool // a star at the end of Text is a star; only in queries of items with fields
	Not    bool // the condition must not be met
}

// Comparison is how two numbers compare.
type Comparison string

// The comparisons; without one a value is the same, or begins so.
const (
	More    Comparison = ">"
	AtLeast Comparison = ">="
	Less    Comparison = "<"
	AtMost  Comparison = "<="
)

// Holds reports whether a compares so with b.
func (c Comparison) Holds(a, b float64) bool {
	switch c {
	case More:
		return a > b
	case AtLeast:
		return a >= b
	case Less:
		return a < b
	case AtMost:
		return a <= b
	}
	return a == b
}

// LogKey is what a log event has beside its message.
type LogKey string

// The keys. Names of groups and streams, accounts and Regions are compared whole, and case counts; a star at the end
// finds any ending.
const (
	KeyLevel   LogKey = "level" // at least this one
	KeyGroup   LogKey = "group"
	KeyStream  LogKey = "stream"
	KeyAccount LogKey = "account" // the number of the account
	KeyRegion  LogKey = "region"
	KeyTrace   LogKey = "trace" // in X-Ray form
	KeyRequest LogKey = "request"
)
