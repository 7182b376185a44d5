package settings

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/nephograph/nephograph/app"
)

// parse reads the text of the file at path. All workspaces are read, also those that are not asked for: a mistake is
// easier to mend on the day on which it is made.
func parse(text []byte, path, workspace string) (Found, error) {
	found := Found{Settings: app.DefaultSettings(), Path: path, lines: map[string]int{}}
	if err := (&parsing{path}).into(&found, text, workspace); err != nil {
		return Found{}, err
	}
	return found, nil
}

func (p *parsing) into(found *Found, text []byte, workspace string) (err error) {
	defer p.unreadable(&err)
	body, err := p.body(text)
	if err != nil || body == nil {
		return err
	}
	var others ast.Node
	err = p.fields(body, "", withField(p.sections(found), "workspaces", func(n ast.Node) error { others = n; return nil }))
	if err == nil && others != nil {
		err = p.workspaces(others, workspace, found)
	}
	return err
}

// unreadable makes an error of a panic: goccy/go-yaml 1.19.2 panics at a tag that nothing follows.
func (p *parsing) unreadable(err *error) {
	if recover() != nil {
		*err = p.at(1, "this is no YAML that can be read; tags (!) are not needed here")
	}
}

// parsing is one file while it is read.
type parsing struct{ path string }

// field reads the value of one name.
type field func(ast.Node) error

func withField(all map[string]field, name string, f field) map[string]field {
	all[name] = f
	return all
}

// body returns the one document of the file, nil if it says nothing.
func (p *parsing) body(text []byte) (ast.Node, error) {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, p.syntax(err)
	}
	var bodies []ast.Node
	for _, d := range file.Docs {
		if d.Body != nil && d.Body.Type() != ast.NullType && d.Body.Type() != ast.CommentType {
			bodies = append(bodies, d.Body)
		}
	}
	switch len(bodies) {
	case 0:
		return nil, nil
	case 1:
		return bodies[0], nil
	}
	return nil, p.fault(bodies[1], "a second document begins; the settings are one")
}

// sections returns how the settings of a workspace, or of all, are read into found.
func (p *parsing) sections(found *Found) map[string]field {
	mark := func(name string, f field) field {
		return func(n ast.Node) error {
			found.lines[name] = lineOf(n)
			return f(n)
		}
	}
	keep := map[string]field{"size": mark("keep size", p.size(&found.Keep.Size))}
	follow := map[string]field{}
	for _, s := range app.Signals {
		keep[string(s)] = mark("keep "+string(s), p.age(found, s))
		follow[string(s)] = mark("follow "+string(s), p.cadence(found, s))
	}
	return map[string]field{
		"cap":    mark("cap", p.cap(&found.Cap)),
		"keep":   func(n ast.Node) error { return p.fields(n, "keep", keep) },
		"mask":   mark("mask", p.mask(&found.Mask)),
		"follow": func(n ast.Node) error { return p.fields(n, "follow", follow) },
	}
}

// workspaces reads what differs for each cache file, and takes over that of one.
func (p *parsing) workspaces(n ast.Node, wanted string, found *Found) error {
	pairs, err := p.pairs(n, "workspaces")
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		into := &Found{Settings: app.DefaultSettings(), lines: map[string]int{}}
		if workspacePath(pair.name) == workspacePath(wanted) && wanted != "" {
			into = found
		}
		if err := p.fields(pair.value, pair.name, p.sections(into)); err != nil {
			return err
		}
	}
	return nil
}

// workspacePath returns a cache file's path in the form that is compared; ~ is the user's home.
func workspacePath(path string) string {
	if rest, ok := strings.CutPrefix(path, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			path = home + rest
		}
	}
	if full, err := filepath.Abs(path); err == nil {
		return full
	}
	return filepath.Clean(path)
}

// fields reads a mapping whose names are known; an empty one says nothing.
func (p *parsing) fields(n ast.Node, of string, known map[string]field) error {
	pairs, err := p.pairs(n, of)
	if err != nil {
		return err
	}
	for _, pair := range pairs {
		read, ok := known[pair.name]
		if !ok {
			return p.fault(pair.key, "%s is not a setting; there are %s", inside(of, pair.name), strings.Join(slices.Sorted(maps.Keys(known)), ", "))
		}
		if err := read(pair.value); err != nil {
			return err
		}
	}
	return nil
}

// inside names a field for a sentence.
func inside(of, name string) string {
	if of == "" {
		return fmt.Sprintf("%q", name)
	}
	return fmt.Sprintf("%q in %s", name, of)
}

// pair is one line of a mapping.
type pair struct {
	name  string
	key   ast.Node
	value ast.Node
}

// pairs returns the lines of a mapping, whose names differ.
func (p *parsing) pairs(n ast.Node, of string) ([]pair, error) {
	if n.Type() == ast.NullType {
		return nil, nil
	}
	m, ok := n.(ast.MapNode)
	if !ok {
		return nil, p.fault(n, "%s is a list of names with values, such as \"cap: $5\" or \"logs: 30d\"", cmp.Or(of, "the file"))
	}
	var pairs []pair
	for i := m.MapRange(); i.Next(); {
		key := i.Key()
		if key.Type() == ast.MergeKeyType {
			return nil, p.fault(key, "<< is not known here: write the values out")
		}
		name := key.GetToken().Value
		if slices.ContainsFunc(pairs, func(other pair) bool { return other.name == name }) {
			return nil, p.fault(key, "%s stands there twice; leave one", inside(of, name))
		}
		pairs = append(pairs, pair{name, key, i.Value()})
	}
	return pairs, nil
}

// word returns a single value as it is written.
func (p *parsing) word(n ast.Node, name string) (string, error) {
	switch n.Type() {
	case ast.StringType, ast.IntegerType, ast.FloatType, ast.BoolType:
		return strings.TrimSpace(n.GetToken().Value), nil
	case ast.NullType:
		return "", p.fault(n, "%s has no value; give one or take the line out", name)
	}
	return "", p.fault(n, "%s is one value", name)
}

// fault says what is wrong at a node.
func (p *parsing) fault(n ast.Node, format string, args ...any) error {
	return p.at(lineOf(n), fmt.Sprintf(format, args...))
}

func (p *parsing) at(line int, text string) error {
	return wrong(fmt.Errorf("%s, line %d: %s", p.path, line, text))
}

// syntax words an error of the YAML parser, which otherwise prints a piece of the file with it.
func (p *parsing) syntax(err error) error {
	var known yaml.Error
	if errors.As(err, &known) && known.GetToken() != nil && known.GetToken().Position != nil {
		return p.at(known.GetToken().Position.Line, "this is not YAML: "+known.GetMessage())
	}
	return wrong(fmt.Errorf("%s is not YAML: %w", p.path, err))
}

func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}
