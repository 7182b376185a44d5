package app

// LogTerm is one condition on the message of a log event.
//
// A message is searched as it is written, and as it is shown: without the colours of a terminal, and with the escapes
// that encoders of JSON write (\u00fc, \/, \"), also where JSON lies within a text of JSON. A condition is met if one
// of these meets it.
//
// Text is found anywhere in the message, as grep finds it, in any case (Unicode's simple case folding). With a Field
// the message must say that the field has that value: as JSON ("status":500), as key=value (status=500) or as text
// (status: 500). A name with points is also that of a field within others: user.id is id within user, at any depth.
// The value may go on with further words, so that service:shop finds "shop api" but not "shops"; a star at its end
// finds any ending. With Regexp the text is a regular expression in Go's syntax (https://pkg.go.dev/regexp/syntax),
// where case counts and ^ and $ are the ends of the message; line breaks at its end are not part of it.
type LogTerm struct {
	Text   string
	Field  string
	Regexp bool
	Not    bool // the message must not meet the condition
}
