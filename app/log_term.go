package app

// LogTerm is one condition on the message of a log event.
//
// Text is found anywhere in the message, as grep finds it, in any case of ASCII letters. With a Field the message must
// say that the field has that value: as JSON ("status":500), as key=value (status=500) or as text (status: 500). The
// value may go on with further words, so that service:shop finds "shop api" but not "shops"; a star at its end finds
// any ending. With Regexp the text is a regular expression in Go's syntax (https://pkg.go.dev/regexp/syntax), where case
// counts and ^ and $ are the ends of the message.
type LogTerm struct {
	Text   string
	Field  string
	Regexp bool
	Not    bool // the message must not meet the condition
}
