package settings

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// decodeFields decodes a mapping into the struct that into points to, whose fields are the names that it may have.
// section is the name of the mapping, "" for the whole file.
func decodeFields(n ast.Node, section string, into any) error {
	m, err := mapping(n, section)
	if err != nil {
		return err
	}
	err = yaml.NodeToValue(n, into, yaml.Strict())
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		names := strings.Join(fieldNames(reflect.TypeOf(into).Elem()), ", ")
		return faultAt(unknown.Token, "%s is not a setting; there are %s", inside(section, unknown.Token.Value), names)
	}
	if err != nil {
		return err
	}
	return checkValues(m)
}

// mapping returns a node as a mapping. It refuses what Save could not write back as it was.
func mapping(n ast.Node, section string) (ast.MapNode, error) {
	m, ok := n.(ast.MapNode)
	if !ok {
		return nil, faultAt(n.GetToken(), "%s is a list of names with values, such as \"cap: $5\" or \"logs: 30d\"",
			cmp.Or(section, "the file"))
	}
	for i := m.MapRange(); i.Next(); {
		switch kind := i.Value().Type(); {
		case i.Key().IsMergeKey():
			return nil, faultAt(i.Key().GetToken(), "<< is not known here: write the values out")
		case kind == ast.AnchorType || kind == ast.AliasType:
			return nil, faultAt(i.Value().GetToken(), "& and * are not known here: write the values out")
		}
	}
	return m, nil
}

// checkValues refuses a name without a value, which decoding passes over. A section without one sets nothing.
func checkValues(m ast.MapNode) error {
	for i := m.MapRange(); i.Next(); {
		name := i.Key().GetToken()
		if i.Value().Type() == ast.NullType && !slices.Contains([]string{"keep", "follow", "workspaces"}, name.Value) {
			return faultAt(name, "%s has no value; give one or take the line out", nameOf(i.Value()))
		}
	}
	return nil
}

// fieldNames returns the names that a struct has in the file.
func fieldNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if name := f.Tag.Get("yaml"); name != ",inline" {
			names = append(names, name)
		} else {
			names = append(names, fieldNames(f.Type)...)
		}
	}
	slices.Sort(names)
	return names
}
