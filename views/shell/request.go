package shell

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// setting is a value that a request asked for, by the names that lead to it: provisionedThroughput.writeCapacityUnits 400.
type setting struct{ name, value string }

const (
	maxSettings = 12  // more are for the raw event
	maxSetting  = 160 // bytes of a value that are shown: policies and user data go on for pages
)

// requested returns the leaves of a CloudTrail event's requestParameters in their order, at most maxSettings; more says
// that there are others. Nulls are left out, and values under one name stand together. What is no such event has none.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
func requested(raw json.RawMessage) (list []setting, more bool) {
	var event struct {
		RequestParameters json.RawMessage `json:"requestParameters"`
	}
	if json.Unmarshal(raw, &event) != nil || len(event.RequestParameters) == 0 {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(event.RequestParameters))
	d.UseNumber() // as it is written
	leaves(d, "", func(name, value string) {
		last := len(list) - 1
		switch {
		case last >= 0 && list[last].name == name:
			list[last].value = shortSetting(list[last].value + ", " + value)
		case len(list) == maxSettings:
			more = true
		case !more:
			list = append(list, setting{name, shortSetting(value)})
		}
	})
	return list, more
}

// leaves visits the values within the next value of a decoder. Its input is known to be JSON, which bounds its depth.
func leaves(d *json.Decoder, name string, visit func(name, value string)) {
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
		leaves(d, inner, visit)
	}
	_, _ = d.Token() // the bracket at the end
}

// shortSetting puts a value on one line and cuts it.
func shortSetting(value string) string {
	if len(value) > maxSetting {
		value = strings.ToValidUTF8(value[:maxSetting], "") + "…"
	}
	return strings.Join(strings.Fields(value), " ")
}
