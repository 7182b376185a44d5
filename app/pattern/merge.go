package pattern

import (
	"cmp"
	"math/bits"
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
	frame, words := make([]byte, 0, len(key)), make([]string, 0, strings.Count(key, " ")+4)
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

// rounds is how often merged shapes are compared again: a message with two variable words may need two rounds. It
// ends as soon as nothing changes.
const rounds = 6

// merge finds the variable words of shapes, which must be different. It returns each row as it was merged; equal
// ones are one template. The result depends on nothing but the set.
func merge(shapes []row) []row {
	rows := slices.Clone(shapes)
	for range rounds {
		if !mergeOnce(rows) {
			break
		}
	}
	absorb(rows, shapes)
	return rows
}

// absorb gives each row the most general template that it fits, of those that were found by comparing shapes. A row
// may be left over by itself although its variable word is known to be variable: it has a second one, of which too
// few were seen beside the first.
func absorb(rows, shapes []row) {
	type frame struct{ text, fields string }
	general, members := map[frame][]row{}, map[frame]int{}
	seen := map[uint64]bool{}
	for i, r := range rows {
		if slices.Equal(r.words, shapes[i].words) {
			continue
		}
		if h := r.hash(); !seen[h] {
			seen[h] = true
			f := frame{r.frame, r.fields}
			general[f] = append(general[f], r)
		}
	}
	if len(general) == 0 {
		return
	}
	for _, r := range rows {
		members[frame{r.frame, r.fields}]++
	}
	for f, all := range general {
		if len(all)*members[f] > maxAbsorb {
			delete(general, f)
			continue
		}
		slices.SortFunc(all, func(a, b row) int { return cmp.Or(wilds(b)-wilds(a), cmp.Compare(a.text(), b.text())) })
	}
	for i, r := range rows {
		all := general[frame{r.frame, r.fields}]
		if len(all) == 0 {
			continue
		}
		own := wilds(r)
		for _, t := range all {
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
	id    uint64
	words uint16 // that they have there, at most enoughWords; 0: no class
	names uint16 // of those the ones that may be names: not what is done (-ed, -ing), nor in capitals as states are
	wild  bool   // one of the words is variable by its form
	parts uint8  // words of which a part is, such as node-7, at most withNumbers
}

// enoughWords is how many words of a class are counted: more tell nothing more.
const enoughWords = 1000

// classTable is a hash table of classes by their id, with open addressing: there is one for each word of each shape.
type classTable []class

func newClassTable(entries int) classTable { return make(classTable, 1<<bits.Len(uint(entries*3/2))) }

// of returns the class of an id, an empty one where there is none.
func (t classTable) of(id uint64) *class {
	for i := id; ; i++ {
		c := &t[i&uint64(len(t)-1)]
		if c.words == 0 || c.id == id {
			return c
		}
	}
}

// mergeOnce makes wildcards of the words that are found to be variable, in all rows at once, and reports whether there
// were any.
func mergeOnce(rows []row) bool {
	different, of := hashRows(rows)
	found := countClasses(different)
	changed := false
	for i, h := range different {
		if made := found.variable(h); made != nil {
			different[i].words = made
			changed = true
		}
	}
	for i, at := range of {
		rows[i].words = different[at].words
	}
	return changed
}

// hashRows returns the different rows with their hashes, and which of these each row is.
func hashRows(rows []row) (different []hashed, of []int) {
	words := 0
	for _, r := range rows {
		words += len(r.words)
	}
	by := make([]uint64, 0, words)
	index := make(map[uint64]int, len(rows))
	of, different = make([]int, len(rows)), make([]hashed, 0, len(rows))
	for i, r := range rows {
		h := hashed{row: r, sum: hash(r.frame, 0) + hash(r.fields, 1<<32)}
		from := len(by)
		for p, w := range r.words {
			one := hash(w, uint64(p)+1)
			by = append(by, one)
			h.sum += one
		}
		at, ok := index[h.sum]
		if !ok {
			h.by = by[from:]
			at = len(different)
			index[h.sum], different = at, append(different, h)
		}
		of[i] = at
	}
	return different, of
}

// counted is the classes with two rows and more.
type counted struct {
	often sieve
	table classTable
}

// countClasses returns the classes of rows that are different. Almost all classes have one row only; a sieve that fits
// into the cache of a processor keeps these out of the table, which would not.
func countClasses(rows []hashed) counted {
	words := 0
	for _, h := range rows {
		words += len(h.words)
	}
	often := newSieve(words)
	each := func(do func(id uint64, w string)) {
		for _, h := range rows {
			for p, w := range h.words {
				if !isBool(w) {
					do(h.class(p), w)
				}
			}
		}
	}
	n := 0
	each(func(id uint64, _ string) {
		if often.add(id) {
			n += 2 // this one, and the first
		}
	})
	c := counted{often, newClassTable(n)}
	each(func(id uint64, w string) {
		if often.has(id) {
			c.table.of(id).add(id, w)
		}
	})
	return c
}

// sieve tells which ids were added twice and more, and takes some others for such too.
type sieve struct{ once, twice []uint64 }

func newSieve(n int) sieve {
	size := max(1<<bits.Len(uint(n/8)), 1) // eight bits an id
	return sieve{make([]uint64, size), make([]uint64, size)}
}

func (s sieve) place(id uint64) (word, bit uint64) {
	return id >> 6 & uint64(len(s.once)-1), 1 << (id & 63)
}

// add adds an id and reports whether it was there.
func (s sieve) add(id uint64) bool {
	word, bit := s.place(id)
	if s.once[word]&bit == 0 {
		s.once[word] |= bit
		return false
	}
	s.twice[word] |= bit
	return true
}

func (s sieve) has(id uint64) bool {
	word, bit := s.place(id)
	return s.twice[word]&bit != 0
}

// variable returns the words of a row with wildcards for those that are variable, nil if none is.
func (t counted) variable(h hashed) (made []string) {
	literals := 0
	for _, w := range h.words {
		if literal(w) {
			literals++
		}
	}
	for p, w := range h.words {
		if w == wildWord || isBool(w) {
			continue
		}
		same := literals
		if literal(w) {
			same--
		}
		id := h.class(p)
		if !t.often.has(id) {
			continue
		}
		if c := t.table.of(id); c.words > 1 && c.variable(h.row, p, same) {
			if made == nil {
				made = slices.Clone(h.words)
			}
			made[p] = wildWord
		}
	}
	return made
}

// hashed is a row with the hashes of its words by place, and their sum, from which the one of a word can be taken.
type hashed struct {
	row
	by  []uint64
	sum uint64
}

// class returns what tells the rows that differ in the word at p only from others.
func (h hashed) class(p int) uint64 { return mix(h.sum-h.by[p], uint64(p)) }

// hash returns what tells a row from others.
func (r row) hash() uint64 {
	h := hash(r.frame, 0) + hash(r.fields, 1<<32)
	for p, w := range r.words {
		h += hash(w, uint64(p)+1)
	}
	return h
}

// add counts a word of the class.
func (c *class) add(id uint64, w string) {
	c.id = id
	c.wild = c.wild || w == wildWord
	if w != wildWord && c.parts < withNumbers && strings.IndexByte(w, wild) >= 0 {
		c.parts++
	}
	if c.words == enoughWords {
		return
	}
	c.words++
	if c.names < 4*wordsAtBeginning && mayName(w) {
		c.names++
	}
}

// How many words have to be seen in one place, all else being equal, for them to be variable. Few are states or
// choices (VM Started, Paused, Resumed, Stopped), which are patterns of their own. On the eight sets of loghub the
// mean grouping accuracy is the same, 0.987, with 3 to 6 names introduced, 5 or 6 after a small word and 6 to 8
// words anywhere; it is 0.963 with 7 names introduced and 0.980 with 4 words anywhere. What stands here lies in the
// middle of that plateau.
const (
	withNumbers      = 2  // that have a number each, as node-A7 and node-B3; or after user, username, hostname
	namesIntroduced  = 4  // after a word that a name follows: user, host, for, from
	namesAfterSmall  = 6  // after a preposition that verbs and states follow as well: to, of, in
	wordsAnywhere    = 7  // elsewhere
	wordsAtBeginning = 12 // the first word says as a rule what happened
	// leastLiterals is how many other words the rows must share; with one only, twice as many words are needed.
	leastLiterals = 2
)

// variable reports whether the word at p of a row is variable, by how many words its class has there. The row has
// as many words of a language beside it as same says.
func (c *class) variable(r row, p, same int) bool {
	if same == 0 {
		return false
	}
	if c.wild {
		return same >= leastLiterals || c.words > 3
	}
	need, there := uint16(wordsAnywhere), c.words
	switch {
	case p == 0:
		need = wordsAtBeginning
	case c.parts == withNumbers:
		need = withNumbers
	case named(r.words[p-1]):
		need, there = withNumbers, c.names
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
	for _, end := range [...]string{"ed", "ing", "ful", "fully"} {
		if strings.HasSuffix(w, end) {
			return false
		}
	}
	for i := range len(w) {
		if b := w[i]; b >= 'a' && b <= 'z' || b >= 0x80 {
			return true
		}
	}
	return !literal(w)
}

// named reports whether a word is hardly followed by anything but a name.
func named(w string) bool {
	switch strings.ToLower(w) {
	case "user", "username", "hostname":
		return true
	}
	return false
}

// introduces reports whether a word is as a rule followed by a name.
func introduces(w string) bool {
	switch strings.ToLower(w) {
	case "for", "from", "by", "via", "user", "username", "host", "hostname", "server", "client", "node", "name",
		"named",
		"file", "directory", "path", "device", "interface", "service", "process", "program", "package", "module",
		"class",
		"job", "task", "queue", "topic", "table", "database", "key", "id", "thread", "container",
		"instance", "group", "account", "bucket",
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
