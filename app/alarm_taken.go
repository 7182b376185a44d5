package app

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"
)

// TakenAction is an action that CloudWatch took, or tried to, when an alarm turned.
type TakenAction struct {
	At      time.Time
	Target  string // its ARN
	Failed  bool
	Problem string // what AWS said of the failure; "" where it said nothing
}

// takenSummary is what CloudWatch writes of an action: Successfully executed action ARN, or Failed to execute action
// ARN. Received error: "...".
var takenSummary = regexp.MustCompile(`(?s)^(Successfully executed|Failed to execute) action (\S+?)\.?(?:\s+Received ` +
	`error:\s*"?(.*?)"?)?\s*$`)

// Taken returns the action that an item of history tells of; false for other items, and for those that say of no action
// whether it was taken. HistoryData has no schema that AWS publishes: what it does not say, the summary does.
func (h AlarmHistoryItem) Taken() (TakenAction, bool) {
	if h.Kind != ActionTaken {
		return TakenAction{}, false
	}
	var raw struct {
		State    string          `json:"actionState"`
		Resource string          `json:"notificationResource"`
		Error    json.RawMessage `json:"error"`
	}
	t := TakenAction{At: h.At}
	told := json.Unmarshal([]byte(h.Data), &raw) == nil && raw.State != ""
	if told {
		t.Target, t.Failed, t.Problem = raw.Resource, raw.State != "Succeeded", errorText(raw.Error)
	}
	if m := takenSummary.FindStringSubmatch(h.Summary); m != nil {
		if !told {
			t.Failed = strings.HasPrefix(m[1], "Failed")
		}
		if t.Target == "" {
			t.Target = m[2]
		}
		if t.Failed && t.Problem == "" {
			t.Problem = m[3]
		}
	}
	return t, t.Target != ""
}

// errorText is the text of an error that may be a text, an object with a message, or null.
func errorText(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var object struct{ Message string }
	if json.Unmarshal(raw, &object) == nil {
		return object.Message
	}
	return ""
}
