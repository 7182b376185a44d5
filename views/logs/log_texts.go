package logs

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// The bounds of what is shown whole of an event: a text of this many bytes is some 500 lines, and an event has one
// stack trace or two.
const (
	maxText  = 32 << 10
	maxTexts = 5
	// manyOf is how many elements of a list are shown one by one; of more, each is a line of a text, as loggers write
	// a stack.
	manyOf = 4
)

// fieldsOf returns the fields of a JSON message: those that fit on a line of the list, and those that have lines of
// their own or are longer, such as stack traces, which are shown whole. more says that there are others.
func fieldsOf(message string) (list, texts []drawer.Setting, more bool) {
	text := strings.TrimSpace(message)
	if !strings.HasPrefix(text, "{") || !json.Valid([]byte(text)) {
		return nil, nil, false
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber() // as it is written
	var all []drawer.Setting
	var values []string // of one name, as the elements of a list are
	last := ""
	take := func() {
		if len(values) > manyOf {
			values = []string{strings.Join(values, "\n")}
		}
		for _, v := range values {
			all = append(all, drawer.Setting{Name: last, Value: v})
		}
		values = nil
	}
	drawer.VisitJSON(d, "", func(name, value string) {
		if name != last {
			take()
		}
		last, values = name, append(values, app.PlainText(value))
	})
	take()
	for _, s := range all {
		switch whole := strings.TrimSpace(s.Value); {
		case !strings.Contains(whole, "\n") && len(whole) <= drawer.MaxSetting:
			if more = more || len(list) == drawer.MaxFields; len(list) < drawer.MaxFields {
				list = append(list, drawer.Setting{Name: s.Name, Value: drawer.ShortValue(s.Value)})
			}
		case len(texts) == maxTexts:
			more = true
		default:
			shown := cutText(s.Value)
			more = more || len(shown) < len(whole)
			texts = append(texts, drawer.Setting{Name: s.Name, Value: shown})
		}
	}
	return list, texts, more
}

// cutText brings a text onto its lines, and cuts it between two of them where it is too long.
func cutText(text string) string {
	text = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\t", "    ").Replace(text))
	if len(text) <= maxText {
		return text
	}
	text = text[:maxText]
	if i := strings.LastIndexByte(text, '\n'); i > 0 {
		return text[:i]
	}
	return strings.ToValidUTF8(text, "")
}
