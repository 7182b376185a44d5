package pattern

import (
	"cmp"
	"slices"
	"strings"
)

// row is a shape cut into words; what lies between them, the frame, is the same for all shapes that may be merged.
type row struct {
	frame  string // in which each word is one letter w
	words  []string
	fields string // the names of a JSON message's fields, as the key has them
}

// cutShape cuts a shape into its frame and its words.
func cutShape(key string) row {
	fields := ""
	if i := strings.IndexByte(key, field); i >= 0 {
		key, fields = key[:i], key[i:]
	}
	var frame []byte
	var words []string
	for i := 0; i < len(key); {
		b := key[i]
		if classes[b] == blank && b != wild || classes[b] == delimiter {
			frame = append(frame, b)
			i++
			continue
		}
		end := i
		for end < len(key) && (classes[key[end]] == inWord || key[end] == wild) {
			end++
		}
		word := key[i:end]
		tail := strings.TrimRight(word, ".!?")
		if tail == "" {
			tail = word
		}
		words = append(words, tail)
		frame = append(append(frame, 'w'), word[len(tail):]...)
		i = end
	}
	return row{string(frame), words, fields}
}

// text writes the shape again, without fields.
func (r row) text() string {
	var b strings.Builder
	next := 0
	for i := range len(r.frame) {
		if r.frame[i] == 'w' {
			b.WriteString(r.words[next])
			next++
		} else {
			b.WriteByte(r.frame[i])
		}
	}
	return b.String()
}

const wildWord = "\x01"

// rounds is how often merged shapes are compared again: a message with two variable words becomes one template in two
// rounds, and hardly any has more than four.
const rounds = 6

// merge finds the variable words of shapes, which must be different. It returns each shape as it was merged; equal ones are
// one template. The result depends on nothing but the set.
func merge(keys []string) []row {
	rows := make([]row, len(keys))
	for i, k := range keys {
		rows[i] = cutShape(k)
	}
	for range rounds {
		if !mergeOnce(rows) {
			break
		}
	}
	absorb(rows)
	return rows
}

// absorb gives each row the most general template that it fits. A row may be left over by itself although its variable
// word is known to be variable: it has a second one, of which too few were seen beside the first.
func absorb(rows []row) {
	type frame struct{ text, fields string }
	general := map[frame][]row{}
	seen := map[string]bool{}
	members := map[frame]int{}
	for _, r := range rows {
		f := frame{r.frame, r.fields}
		members[f]++
		if key := r.text() + r.fields; wilds(r) > 0 && !seen[key] {
			seen[key] = true
			general[f] = append(general[f], r)
		}
	}
	for f, all := range general {
		if len(all)*members[f] > maxAbsorb {
			delete(general, f)
			continue
		}
		slices.SortFunc(all, func(a, b row) int { return cmp.Or(wilds(b)-wilds(a), cmp.Compare(a.text(), b.text())) })
	}
	for i, r := range rows {
		own := wilds(r)
		for _, t := range general[frame{r.frame, r.fields}] {
			if wilds(t) <= own {
				break
			}
			if t.covers(r) {
				rows[i].words = t.words
				break
			}
		}
	}
}

// maxAbsorb is how many pairs of rows with one frame are compared, which takes 0.1 s; where there are more, rows stay.
const maxAbsorb = 4_000_000

// wilds returns how many words of a row are variable.
func wilds(r row) (n int) {
	for _, w := range r.words {
		if w == wildWord {
			n++
		}
	}
	return n
}

// covers reports whether a row has the words of another but for variable ones, and no fewer than two of a language.
func (r row) covers(o row) bool {
	same := 0
	for i, w := range r.words {
		switch {
		case w == o.words[i]:
			if literal(w) {
				same++
			}
		case w != wildWord || isBool(o.words[i]):
			return false
		}
	}
	return same >= leastLiterals
}

// class is the rows that differ in one word only.
type class struct {
	words int  // that they have there
	names int  // of those the ones that may be names: not what is done (-ed, -ing), nor in capitals as states are
	wild  bool // one of the words is variable by its form
}

// mergeOnce makes wildcards of the words that are found to be variable, in all rows at once, and reports whether there
// were any.
func mergeOnce(rows []row) bool {
	classes := map[uint64]*class{}
	seen := map[uint64]bool{}
	sums := make([]uint64, len(rows))
	for i, r := range rows {
		h := hash(r.frame, 0) + hash(r.fields, 1<<32)
		for p, w := range r.words {
			h += hash(w, uint64(p)+1)
		}
		sums[i] = h
		if seen[h] {
			continue
		}
		seen[h] = true
		for p, w := range r.words {
			if isBool(w) {
				continue
			}
			id := mix(h-hash(w, uint64(p)+1), uint64(p))
			c := classes[id]
			if c == nil {
				c = &class{}
				classes[id] = c
			}
			c.words++
			if mayName(w) {
				c.names++
			}
			c.wild = c.wild || w == wildWord
		}
	}
	changed := false
	for i, r := range rows {
		var made []string
		for p, w := range r.words {
			if w == wildWord || isBool(w) {
				continue
			}
			c := classes[mix(sums[i]-hash(w, uint64(p)+1), uint64(p))]
			if c.words > 1 && c.variable(r, p) {
				if made == nil {
					made = append(made, r.words...)
				}
				made[p] = wildWord
			}
		}
		if made != nil {
			rows[i].words = made
			changed = true
		}
	}
	return changed
}

// How many words have to be seen in one place, all else being equal, for them to be variable. Few are states or choices
// (VM Started, Paused, Resumed, Stopped), which are patterns of their own. The figures are a compromise: with 3 to 5
// after an introducing word and 6 to 12 elsewhere, the grouping accuracy on the sets of loghub stays the same.
const (
	namesIntroduced  = 3  // after a word that a name follows: user, host, for, from
	namesAfterSmall  = 6  // after a preposition that verbs and states follow as well: to, of, in
	wordsAnywhere    = 8  // elsewhere
	wordsAtBeginning = 12 // the first word says as a rule what happened
	// leastLiterals is how many other words the rows must share; with one only, twice as many words are needed.
	leastLiterals = 2
)

// variable reports whether the word at p of a row is variable, by how many words its class has there.
func (c *class) variable(r row, p int) bool {
	same := 0
	for q, w := range r.words {
		if q != p && literal(w) {
			same++
		}
	}
	if same == 0 {
		return false
	}
	if c.wild {
		return same >= leastLiterals || c.words > 3
	}
	need, there := wordsAnywhere, c.words
	switch {
	case p == 0:
		need = wordsAtBeginning
	case introduces(r.words[p-1]):
		need, there = namesIntroduced, c.names
	case small(r.words[p-1]):
		need, there = namesAfterSmall, c.names
	}
	if same < leastLiterals {
		need *= 2
	}
	return there >= need
}

// literal reports whether a word is one of a language.
func literal(w string) bool { return len(w) > 1 && isLetter(w[0]) }

// mayName reports whether a word may be a name, rather than what was done or a state.
func mayName(w string) bool {
	if strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ful") || strings.HasSuffix(w, "fully") {
		return false
	}
	return w != strings.ToUpper(w) || !literal(w)
}

// introduces reports whether a word is as a rule followed by a name.
func introduces(w string) bool {
	switch strings.ToLower(w) {
	case "for", "from", "by", "via", "user", "username", "host", "hostname", "server", "client", "node", "name", "named", "file",
		"directory", "path", "device", "interface", "service", "process", "program", "package", "module", "class", "job", "task",
		"queue", "topic", "table", "database", "key", "id", "thread", "container", "instance", "group", "account", "bucket",
		"function", "image", "domain", "role", "customer", "tenant", "product", "item":
		return true
	}
	return false
}

// small reports whether a word is a preposition that names follow, and other words too.
func small(w string) bool {
	switch strings.ToLower(w) {
	case "to", "of", "in", "on", "at", "with", "as", "into", "over":
		return true
	}
	return false
}

func hash(s string, seed uint64) uint64 {
	h := seed*0x9e3779b97f4a7c15 + 0xcbf29ce484222325
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return mix(h, uint64(len(s)))
}

func mix(h, more uint64) uint64 {
	h ^= more * 0x9e3779b97f4a7c15
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}
