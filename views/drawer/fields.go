package drawer

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Fields returns the leaves of a JSON message in their order, at most maxFields; more says that there are others. A
// message that is no JSON object has none.
func Fields(message string) (list []Setting, more bool) {
	text := strings.TrimSpace(message)
	if !strings.HasPrefix(text, "{") || !json.Valid([]byte(text)) {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber() // as it is written
	VisitJSON(d, "", func(name, value string) {
		if more = len(list) == MaxFields; !more {
			list = append(list, Setting{Name: name, Value: ShortValue(value)})
		}
	})
	return list, more
}

// MaxFields bounds what is shown of one event: a drawer is no place for hundreds.
const MaxFields = 40
