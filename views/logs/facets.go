package logs

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

const (
	facetFields = 6    // fields that become facets
	fieldEvents = 2000 // of what was found in which fields are counted
	leastShare  = 10   // a field stands in at least one event of so many
	longValue   = 60   // bytes; what is longer is a text, not a value
	// leastRepeated is how often the values of a field recur on average: those of an id or of a measured time hardly
	// do, and no single one tells much.
	leastRepeated = 4
)

// facetsOf counts what was found: by level and log group exactly, by field in the first events of the list.
func facetsOf(totals []app.LogTotal, events []app.LogEvent) []explore.Facet {
	all := []explore.Facet{levelFacet(totals), groupFacet(totals)}
	all = append(all, fieldFacets(events[:min(len(events), fieldEvents)])...)
	return slices.DeleteFunc(all, func(f explore.Facet) bool { return len(f.Values) == 0 })
}

func levelFacet(totals []app.LogTotal) explore.Facet {
	var counts [app.LevelError + 1]int
	for _, t := range totals {
		for level, n := range t.Counts {
			counts[level] += n
		}
	}
	f := explore.Facet{Title: "Level", Field: "level"}
	for level := app.LevelError; level > app.LevelNone; level-- {
		if counts[level] > 0 {
			ink, _ := ui.OfLevel(level)
			f.Values = append(f.Values, explore.Value{Text: level.String(), Count: counts[level], Mark: ui.Square,
				Ink:  ink,
				Term: "level:" + strings.ToLower(level.String())})
		}
	}
	return f
}

func groupFacet(totals []app.LogTotal) explore.Facet {
	counts := map[string]int{}
	for _, t := range totals {
		if n := t.Events(); n > 0 {
			counts[t.Group] += n
		}
	}
	f := explore.NewFacet("Group", "group", counts)
	return f
}

// shownFields are the fields that the list shows in columns of their own, or that no two events share.
var shownFields = []string{"level", "severity", "message", "msg", "timestamp", "time", "@timestamp", "ts"}

// fieldFacets returns facets of the fields of JSON events: those that many of them have, with few values.
func fieldFacets(events []app.LogEvent) []explore.Facet {
	counts, seen := map[string]map[string]int{}, map[string]int{}
	for _, e := range events {
		for field, value := range shortFields(e.Message) {
			// an id leads to what is joined, and divides nothing
			if value == string(e.TraceID) || value == e.RequestID {
				continue
			}
			if counts[field] == nil {
				counts[field] = map[string]int{}
			}
			counts[field][value]++
			seen[field]++
		}
	}
	var fields []string
	for field, values := range counts {
		if seen[field]*leastShare >= len(events) && len(values) > 1 && len(values)*leastRepeated <= seen[field] {
			fields = append(fields, field)
		}
	}
	slices.SortFunc(fields, func(a, b string) int { // few values tell more than many
		return cmp.Or(len(counts[a])-len(counts[b]), seen[b]-seen[a], cmp.Compare(a, b))
	})
	var all []explore.Facet
	for _, field := range fields[:min(len(fields), facetFields)] {
		title := field
		if len(events) == fieldEvents {
			title += " · " + phrase.Count(fieldEvents) + " events"
		}
		f := explore.NewFacet(title, field, counts[field])
		for _, values := range [][]explore.Value{f.Values, f.Others} {
			for i, v := range values { // a field that has the name of a key is asked for in quotation marks
				values[i].Term = query.Format(app.LogTerm{Field: field, Text: v.Text})
			}
		}
		all = append(all, f)
	}
	return all
}

// shortFields returns the fields of a JSON object whose values are short: texts, numbers and booleans.
func shortFields(message string) map[string]string {
	if trimmed := strings.TrimLeft(message, " \t"); !strings.HasPrefix(trimmed, "{") {
		return nil
	}
	var raw map[string]json.RawMessage
	if json.Unmarshal([]byte(message), &raw) != nil {
		return nil
	}
	fields := map[string]string{}
	for name, value := range raw {
		if len(value) > longValue || slices.Contains(shownFields, strings.ToLower(name)) {
			continue
		}
		switch text := string(value); {
		case text == "" || text == "null" || text[0] == '{' || text[0] == '[':
		case text[0] == '"':
			if plain, err := strconv.Unquote(text); err == nil && plain != "" {
				fields[name] = plain
			}
		default:
			fields[name] = text
		}
	}
	return fields
}
