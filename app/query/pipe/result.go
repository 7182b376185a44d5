package pipe

import (
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// TableOf returns an answer of Logs Insights as a table. What its commands group by is read from its text where that is
// Logs Insights QL, and times in such columns and in @timestamp are read as times.
func TableOf(r app.InsightsResult) Table {
	t := Table{Events: r.Count}
	grouped := map[string]Column{}
	if q, err := Parse(r.Text); err == nil && (r.Language == "" || r.Language == app.LogsInsightsQL) {
		grouped = q.groups()
	}
	for _, name := range r.Columns {
		c := Column{Name: name}
		if g, ok := grouped[strings.ReplaceAll(name, " ", "")]; ok {
			c.Bucket, c.Group = g.Bucket, true
		}
		t.Columns = append(t.Columns, c)
	}
	for _, texts := range r.Rows {
		row := make([]Value, len(t.Columns))
		for i := range min(len(row), len(texts)) {
			if texts[i] != nil {
				row[i] = t.Columns[i].read(*texts[i])
			}
		}
		t.Rows = append(t.Rows, row)
	}
	if r.Cut != "" {
		t.Cut = append(t.Cut, "Rows are missing: "+r.Cut+".")
	}
	return t
}

// groups returns what the last stats command groups by, by name without blanks: AWS writes bin(5m) as it was typed.
func (q Query) groups() map[string]Column {
	found := map[string]Column{}
	for _, c := range q.commands {
		if s, ok := c.(statsCommand); ok {
			clear(found)
			for _, i := range s.by {
				found[strings.ReplaceAll(i.column(), " ", "")] = Column{Bucket: bucketOf(i.expr)}
			}
		}
	}
	return found
}

// read reads a value of a column as AWS writes it.
func (c Column) read(text string) Value {
	if c.Bucket != (Period{}) || c.Name == "@timestamp" || c.Name == "@ingestionTime" {
		if at, err := time.Parse(timeForm, text); err == nil {
			return timeOf(at)
		}
	}
	return textOf(text)
}
