package settings

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// fault is what is wrong on a line of a file.
type fault struct {
	line int
	text string
}

func (f *fault) Error() string { return f.text }

func faultAt(t *token.Token, format string, args ...any) error {
	return &fault{lineOf(t), fmt.Sprintf(format, args...)}
}

func lineOf(t *token.Token) int {
	if t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}

// inFile adds the file and the line to an error of reading it. The errors of the YAML parser would otherwise print a
// piece of the file.
func inFile(path string, err error) error {
	var ours *fault
	var theirs yaml.Error
	switch {
	case errors.As(err, &ours):
		return settingsError(fmt.Errorf("%s, line %d: %s", path, ours.line, ours.text))
	case errors.As(err, &theirs) && theirs.GetToken() != nil:
		return settingsError(fmt.Errorf("%s, line %d: this is not YAML: %s", path, lineOf(theirs.GetToken()),
			theirs.GetMessage()))
	}
	return settingsError(fmt.Errorf("%s is not YAML: %w", path, err))
}

// recoverYAML makes an error of a panic: goccy/go-yaml 1.19.2 panics at a tag that nothing follows.
func recoverYAML(path string, err *error) {
	if recover() != nil {
		*err = inFile(path, &fault{1, "this is no YAML that can be read; tags (!) are not needed here"})
	}
}

// inside names a field for a sentence.
func inside(section, name string) string {
	if section == "" {
		return fmt.Sprintf("%q", name)
	}
	return fmt.Sprintf("%q in %s", name, section)
}

// nameOf names the value at a node for a sentence: "cap", "keep: size", "mask: skip". The parser gives each node its
// path, such as $.keep.size or $.mask.skip[0].
func nameOf(n ast.Node) string {
	path := strings.Split(n.GetPath(), ".")
	name, _, _ := strings.Cut(path[len(path)-1], "[")
	if len(path) > 1 {
		switch section := path[len(path)-2]; section {
		case "keep", "follow", "mask":
			return section + ": " + name
		}
	}
	return name
}
