package shell

import (
	"strings"

	"github.com/nephograph/nephograph/views/ui"
)

// finding is something the palette finds, by its title and by other words.
type finding struct {
	ui.Command
	title string // in lower case
	words string // what else finds it, in lower case: its kind, its place, its other names
	owner string // the account that it is in; "": none
}

func newFinding(c ui.Command, words ...string) finding {
	return finding{Command: c, title: strings.ToLower(c.Title),
		words: strings.ToLower(c.Detail + " " + strings.Join(words, " "))}
}

// in returns the finding as one of an account, by which it is found too.
func (f finding) in(account string) finding {
	f.owner, f.words = account, f.words+" "+account
	return f
}

// tellApart adds the account to findings that are called the same.
func tellApart(all []finding) []finding {
	alike := map[[2]string]int{}
	for _, f := range all {
		alike[[2]string{f.Title, f.Detail}]++
	}
	for i, f := range all {
		if alike[[2]string{f.Title, f.Detail}] > 1 && f.owner != "" {
			all[i].Detail += " · " + f.owner
		}
	}
	return all
}

// best is the rank of a title that is what was typed.
const best = 5

// rank says how well a word that was typed matches a title: 5 is all of it, 4 starts it, 3 starts one of its words, 2
// stands in it, 1 its letters stand there in order, 0 not at all. Both are in lower case.
func rank(typed, title string) int {
	switch i := strings.Index(title, typed); {
	case i == 0 && len(title) == len(typed):
		return best
	case i == 0:
		return 4
	case i > 0 && startsWord(typed, title, i):
		return 3
	case i > 0:
		return 2
	case inOrder(typed, title):
		return 1
	}
	return 0
}

// startsWord reports whether typed, which stands in title at i, also stands behind a space or one of the signs that
// join AWS's names.
func startsWord(typed, title string, i int) bool {
	for {
		if strings.IndexByte(" -_/.:", title[i-1]) >= 0 {
			return true
		}
		next := strings.Index(title[i+1:], typed)
		if next < 0 {
			return false
		}
		i += 1 + next
	}
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

// rank is that of the worst of some words, each of which has to match: in the title, or anywhere in the other words,
// which is as good as letters in order.
func (f *finding) rank(typed []string) int {
	worst := best
	for _, word := range typed {
		n := rank(word, f.title)
		if n < 1 && strings.Contains(f.words, word) {
			n = 1
		}
		if worst = min(worst, n); worst == 0 {
			return 0
		}
	}
	return worst
}

// matches returns the findings that match what was typed, best first; equal ones stay in their order. Case does not
// matter.
func matches(typed string, all []finding) []*finding {
	words := strings.Fields(strings.ToLower(typed))
	var by [best + 1][]*finding
	for i := range all {
		n := all[i].rank(words)
		by[n] = append(by[n], &all[i])
	}
	found := make([]*finding, 0, len(all)-len(by[0]))
	for n := best; n > 0; n-- {
		found = append(found, by[n]...)
	}
	return found
}
