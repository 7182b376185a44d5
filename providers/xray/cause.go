package xray

import (
	"cmp"
	"encoding/json"
	"errors"

	"github.com/nephograph/nephograph/app"
)

// causeDocument is the cause of an error: the id of an exception that another span of the trace recorded, or an object
// with the exceptions themselves.
type causeDocument struct {
	exceptions []app.Exception
	lost       []string // fields that cannot be read
}

// UnmarshalJSON reads either form. It never fails: what cannot be read is lost.
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
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(json.Unmarshal(b, &object), &wrong) {
		c.lost = append(c.lost, cmp.Or(wrong.Field, wrong.Value))
	}
	for _, e := range object.Exceptions {
		if e.Truncated.lost {
			c.lost = append(c.lost, "exceptions.truncated")
		}
		for _, f := range e.Stack {
			if f.Line.lost {
				c.lost = append(c.lost, "exceptions.stack.line")
			}
		}
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
	Truncated number `json:"truncated"` // frames left out; "skipped" counts exceptions
	Stack     []struct {
		Path  string `json:"path"`
		Line  number `json:"line"`
		Label string `json:"label"`
	} `json:"stack"`
}

func (e exceptionDocument) value() app.Exception {
	x := app.Exception{ID: e.ID, Type: e.Type, Message: e.Message, Remote: e.Remote, Cause: e.Cause,
		Skipped: int(e.Truncated.value)}
	for _, f := range e.Stack {
		x.Stack = append(x.Stack, app.Frame{Path: f.Path, Line: int(f.Line.value), Label: f.Label})
	}
	return x
}
