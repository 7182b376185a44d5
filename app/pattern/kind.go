package pattern

// Kind is what the values of a wildcard look like, a set of bits: that of several is the union.
type Kind uint8

// The kinds.
const (
	Number   Kind = 1 << iota // 42, -1.5, 6.1.7601
	ID                        // hexadecimal, a UUID, letters and digits
	Address                   // an IP address, a host with three or more labels or a dotted name
	Path                      // a path of files or a URL
	Instant                   // a date, a time of day or both
	Duration                  // 12ms, 3.5 seconds
	Size                      // 12 KB
	Text                      // words
)

var kindNames = map[Kind]string{Number: "num", ID: "id", Address: "addr", Path: "path", Instant: "time", Duration: "duration",
	Size: "size", Text: "text"}

// String returns the name as templates have it: num, id, addr, path, time, duration, size or text. Numbers among ids are
// ids; other mixtures are "*".
func (k Kind) String() string {
	if k == Number|ID {
		k = ID
	}
	if name, ok := kindNames[k]; ok {
		return name
	}
	return "*"
}
