package cache

import (
	"embed"
	"strings"
)

// statement names a file in queries, without its ending. The first comment of each says what it is for and lists its
// parameters: by name where it reads, in their order where it writes, which binds faster.
type statement string

//go:embed queries/*.sql
var queries embed.FS

// text returns the statement as the driver wants it: it compiles a statement anew on each call if anything, even a
// line's end, follows the semicolon.
func (s statement) text() (string, error) {
	text, err := queries.ReadFile("queries/" + string(s) + ".sql")
	return strings.TrimRight(string(text), "; \n"), err
}
