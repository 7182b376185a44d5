package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// fieldRules say what the fields of a query mean. The zero value is that of log events.
type fieldRules struct {
	items bool     // items with fields are asked for, not log events
	known []string // the only fields there are, folded; empty: any
	// lenient reads what either kind of query means: what is compared with no number is a word.
	lenient bool
}

// read reads a word as a condition.
func (r fieldRules) read(w word) app.LogTerm {
	if w.quotedFrom == 0 {
		return app.LogTerm{Text: w.text}
	}
	head := w.text
	if w.quotedFrom > 0 {
		head = w.text[:w.quotedFrom] + "x" // the value may be anything within quotation marks
	}
	if m := comparison.FindStringSubmatch(head); m != nil {
		if t, ok := r.compare(m[1], app.Comparison(m[2]), w.text[len(m[1])+len(m[2]):], w.quotedFrom >= 0); ok {
			return t
		}
	}
	term := fieldTerm
	if r.items {
		term = itemTerm
	}
	if m := term.FindStringSubmatch(head); m != nil && r.mayName(m[1]) && !strings.HasPrefix(m[2], "//") {
		value := w.text[len(m[1])+1:]
		t, _ := r.compare(m[1], "", value, w.quotedFrom == len(m[1])+1)
		return t
	}
	return app.LogTerm{Text: w.text}
}

// mayName reports whether a name without quotation marks is that of a field. Items have no fields within others, and a
// word such as shop.example:443 is one to look for.
func (r fieldRules) mayName(name string) bool {
	return len(r.known) == 0 || !strings.Contains(name, ".") || slices.Contains(r.known, app.Fold(name))
}

// compare returns the condition on a field. Of log events, what is compared with no number is a word.
func (r fieldRules) compare(field string, op app.Comparison, value string, quoted bool) (t app.LogTerm, ok bool) {
	t = app.LogTerm{Field: field, Op: op, Text: value}
	if op != "" {
		_, _, number := numberOf(value)
		return t, number && !quoted || r.items && !r.lenient
	}
	t.Whole = r.items && quoted && strings.HasSuffix(value, "*")
	return t, true
}

// resolve says what a condition means by the name of its field. named is whether the name stood in quotation marks.
func (r fieldRules) resolve(t app.LogTerm, named bool) (app.LogTerm, error) {
	switch {
	case t.Field == "":
		return t, nil
	case r.items:
		return r.checked(t)
	case named || !reserved(t):
		return t, nil
	}
	return keyTerm(t)
}

// checked checks the field of an item and what it is compared with.
func (r fieldRules) checked(t app.LogTerm) (app.LogTerm, error) {
	if len(r.known) > 0 && !slices.Contains(r.known, app.Fold(t.Field)) {
		return t, fmt.Errorf("there is no field %s; the fields are %s", t.Field, strings.Join(r.known, ", "))
	}
	if _, _, ok := numberOf(t.Text); t.Op != "" && !ok {
		return t, fmt.Errorf("%s is compared with a number or a length of time such as 1.5s, not with %q", t.Field,
			t.Text)
	}
	return t, nil
}

// keyTerm returns the condition on what an event has beside its message.
func keyTerm(t app.LogTerm) (app.LogTerm, error) {
	key := app.LogTerm{Key: keys[app.Fold(t.Field)], Text: t.Text}
	switch key.Key {
	case app.KeyLevel:
		level := app.ParseLevel(t.Text)
		if level == app.LevelNone {
			return t, fmt.Errorf("level is debug, info, warn or error, not %q; a field of this name is asked for as %s",
				t.Text, Format(t))
		}
		key.Text = strings.ToLower(level.String())
	case app.KeyTrace:
		id, ok := app.ParseTraceID(t.Text)
		if !ok {
			return t, fmt.Errorf("%q is not a trace id; a field of this name is asked for as %s", t.Text, Format(t))
		}
		key.Text = string(id)
	}
	return key, nil
}

// keys are the names that ask about the event itself, with those that Logs Insights has for them (CloudWatch Logs user
// guide, "Supported logs and discovered fields").
var keys = map[string]app.LogKey{
	"level": app.KeyLevel, "group": app.KeyGroup, "stream": app.KeyStream, "account": app.KeyAccount,
	"region": app.KeyRegion, "trace": app.KeyTrace, "request": app.KeyRequest, "@logstream": app.KeyStream,
}

// reserved reports whether the name of a field asks about the event itself.
func reserved(t app.LogTerm) bool {
	switch key := keys[app.Fold(t.Field)]; {
	case t.Op != "" || key == "":
		return false
	case key == app.KeyLevel:
		return strings.Trim(t.Text, "0123456789") != "" || t.Text == "" // what pino and bunyan write is a value
	}
	return true
}
