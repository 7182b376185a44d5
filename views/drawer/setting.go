package drawer

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Setting is a value that a request asked for, by the names that lead to it: provisionedThroughput.writeCapacityUnits
// 400.
type Setting struct{ Name, Value string }

const (
	MaxSettings = 12  // more are for the raw event
	MaxSetting  = 160 // bytes of a value that are shown: policies and user data go on for pages
)

// VisitJSON visits the values within the next value of a decoder. Its input is known to be JSON, which bounds its
// depth.
func VisitJSON(d *json.Decoder, name string, visit func(name, value string)) {
	token, err := d.Token()
	if err != nil || token == nil {
		return
	}
	delim, nested := token.(json.Delim)
	if !nested {
		visit(name, fmt.Sprint(token))
		return
	}
	for d.More() {
		inner := name
		if delim == '{' {
			key, err := d.Token()
			if err != nil {
				return
			}
			inner = strings.TrimPrefix(name+"."+fmt.Sprint(key), ".")
		}
		VisitJSON(d, inner, visit)
	}
	_, _ = d.Token() // the bracket at the end
}

// ShortValue puts a value on one line and cuts it.
func ShortValue(value string) string {
	if len(value) > MaxSetting {
		value = strings.ToValidUTF8(value[:MaxSetting], "") + "…"
	}
	return strings.Join(strings.Fields(value), " ")
}
