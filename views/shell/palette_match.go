package shell

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/views/ui"
)

// rank says how well what was typed matches a title: 3 starts it, 2 starts one of its words, 1 its letters stand there
// in order, 0 not at all. Case does not matter.
func rank(typed, title string) int {
	typed, title = strings.ToLower(typed), strings.ToLower(title)
	switch {
	case strings.HasPrefix(title, typed):
		return 3
	case startsWord(typed, title):
		return 2
	case inOrder(typed, title):
		return 1
	}
	return 0
}

// startsWord reports whether typed stands in title behind a space or one of the signs that join AWS's names.
func startsWord(typed, title string) bool {
	for i, r := range title {
		if strings.ContainsRune(" -_/.:", r) && strings.HasPrefix(title[i+1:], typed) {
			return true
		}
	}
	return false
}

// inOrder reports whether title has all letters of typed, in their order.
func inOrder(typed, title string) bool {
	for _, r := range typed {
		i := strings.IndexRune(title, r)
		if i < 0 {
			return false
		}
		title = title[i+len(string(r)):]
	}
	return true
}

// matches returns the commands that match what was typed, best first; equal ones stay in their order.
func matches(typed string, commands []ui.Command) []ui.Command {
	type ranked struct {
		ui.Command
		rank int
	}
	var list []ranked
	for _, c := range commands {
		if n := rank(typed, c.Title); n > 0 {
			list = append(list, ranked{c, n})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.rank, a.rank) })
	found := make([]ui.Command, len(list))
	for i, r := range list {
		found[i] = r.Command
	}
	return found
}
