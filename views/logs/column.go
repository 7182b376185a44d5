package logs

import (
	"strings"

	"github.com/nephograph/nephograph/views/ui"
)

// fieldWidth is that of the column of a field.
const fieldWidth = 110

// columnOf is the column of a field of JSON messages, named by its path.
func columnOf(path string) ui.Column[*row] {
	return ui.Column[*row]{Title: path[strings.LastIndexByte(path, '.')+1:], Width: fieldWidth, Above: 560,
		Cell: func(r *row) ui.Cell { return ui.Cell{Text: r.field(path), Style: ui.Code.In(ui.ColorQuiet)} }}
}

// field returns the values that a field of the message has, "" if it has no such field. The message is read once.
func (r *row) field(path string) string {
	if r.fields == nil {
		r.fields = map[string]string{}
		rows, _ := parseTree(r.event.Message)
		for _, one := range rows {
			switch {
			case one.kind == treeLine || one.kind == treeParent:
			case r.fields[one.path] == "":
				r.fields[one.path] = one.value
			default:
				r.fields[one.path] += ", " + one.value
			}
		}
	}
	return r.fields[path]
}
