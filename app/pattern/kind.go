package pattern

// Kind is what the values of a wildcard look like, a set of bits: that of several is the union.
type Kind uint16

// The kinds.
const (
	Number   Kind = 1 << iota // 42, -1.5, 6.1.7601
	ID                        // hexadecimal, a UUID, letters and digits
	Address                   // an IP or MAC address, a host with a digit in its name
	Name                      // a dotted name of three or more parts: a class, a package, a host
	Path                      // a path of files or a URL
	Instant                   // a date, a time of day or both
	Duration                  // 12ms, 3.5 seconds
	Size                      // 12 KB
	Text                      // words
)

var kindNames = map[Kind]string{Number: "num", ID: "id", Address: "addr", Name: "name", Path: "path",
	Instant: "time", Duration: "duration", Size: "size", Text: "text"}

// String returns the name as templates have it: num, id, addr, name, path, time, duration, size or text. Numbers
// among ids are ids, dotted names among addresses are addresses; other mixtures are "*".
func (k Kind) String() string {
	switch k {
	case Number | ID:
		k = ID
	case Name | Address:
		k = Address
	}
	if name, ok := kindNames[k]; ok {
		return name
	}
	return "*"
}
