package trail

import (
	"bytes"
	"encoding/json"

	"github.com/nephograph/nephograph/views/drawer"
)

// requested returns the leaves of a CloudTrail event's requestParameters in their order, at most maxSettings; more says
// that there are others. Nulls are left out, and values under one name stand together. What is no such event has none.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
func requested(raw json.RawMessage) (list []drawer.Setting, more bool) {
	var event struct {
		RequestParameters json.RawMessage `json:"requestParameters"`
	}
	if json.Unmarshal(raw, &event) != nil || len(event.RequestParameters) == 0 {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(event.RequestParameters))
	d.UseNumber() // as it is written
	drawer.VisitJSON(d, "", func(name, value string) {
		last := len(list) - 1
		switch {
		case last >= 0 && list[last].Name == name:
			list[last].Value = drawer.ShortValue(list[last].Value + ", " + value)
		case len(list) == drawer.MaxSettings:
			more = true
		case !more:
			list = append(list, drawer.Setting{Name: name, Value: drawer.ShortValue(value)})
		}
	})
	return list, more
}
