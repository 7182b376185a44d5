package xray

import (
	"encoding/json"

	"github.com/nephograph/nephograph/app"
)

// causeDocument is the cause of an error: the id of an exception that another span of the trace recorded, or an object
// with the exceptions themselves.
type causeDocument struct{ exceptions []app.Exception }

// UnmarshalJSON reads either form.
func (c *causeDocument) UnmarshalJSON(b []byte) error {
	var id string
	if json.Unmarshal(b, &id) == nil {
		if id != "" {
			c.exceptions = []app.Exception{{ID: id}}
		}
		return nil
	}
	var object struct {
		Exceptions []exceptionDocument `json:"exceptions"`
	}
	if err := json.Unmarshal(b, &object); err != nil {
		return err
	}
	for _, e := range object.Exceptions {
		c.exceptions = append(c.exceptions, e.value())
	}
	return nil
}

type exceptionDocument struct {
	ID        string `json:"id"`
	Type      string `json:"type"`
	Message   string `json:"message"`
	Remote    bool   `json:"remote"`
	Cause     string `json:"cause"`
	Truncated int    `json:"truncated"` // frames left out; "skipped" counts exceptions
	Stack     []struct {
		Path  string `json:"path"`
		Line  int    `json:"line"`
		Label string `json:"label"`
	} `json:"stack"`
}

func (e exceptionDocument) value() app.Exception {
	x := app.Exception{ID: e.ID, Type: e.Type, Message: e.Message, Remote: e.Remote, Cause: e.Cause, Skipped: e.Truncated}
	for _, f := range e.Stack {
		x.Stack = append(x.Stack, app.Frame{Path: f.Path, Line: f.Line, Label: f.Label})
	}
	return x
}
