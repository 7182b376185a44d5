package explore

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/views/ui"
)

// maxFields is how many fields a person may have as columns: more leave no room for the last one.
const maxFields = 4

// fieldsState is under which name the state has the fields that are columns.
const fieldsState = "columns"

// columns are those of the list: the screen's own, with the fields that a person has chosen before the last.
func (s *Screen[T]) columns() []ui.Column[T] {
	last := len(s.parts.Columns) - 1
	all := slices.Clone(s.parts.Columns[:last])
	for _, f := range s.fields {
		all = append(all, s.parts.ColumnOf(f))
	}
	return append(all, s.parts.Columns[last])
}

// toggleColumn shows a field as a column, or no longer.
func (s *Screen[T]) toggleColumn(field string) {
	if s.parts.ColumnOf == nil {
		return
	}
	if i := slices.Index(s.fields, field); i >= 0 {
		s.fields = slices.Delete(slices.Clone(s.fields), i, i+1)
	} else {
		s.fields = append(slices.Clone(s.fields), field)
		s.fields = s.fields[max(len(s.fields)-maxFields, 0):]
	}
	s.list.SetColumns(s.columns())
}

// enterColumns shows the columns of a state.
func (s *Screen[T]) enterColumns(state ui.State) {
	if s.parts.ColumnOf == nil {
		return
	}
	s.fields = strings.FieldsFunc(state[fieldsState], func(r rune) bool { return r == '\n' })
	s.list.SetColumns(s.columns())
}

// columnCommands take columns away.
func (s *Screen[T]) columnCommands() (all []ui.Command) {
	for _, f := range s.fields {
		all = append(all, ui.Command{Title: "Remove the column " + f, Detail: s.parts.Name,
			Do: func() { s.toggleColumn(f) }})
	}
	return all
}
