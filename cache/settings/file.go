package settings

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/nephograph/nephograph/app"
)

// file is a settings file as it is written.
type file struct {
	All        section    `yaml:",inline"`
	Workspaces workspaces `yaml:"workspaces"`
}

// section is what the file sets for all workspaces, or for one.
type section struct {
	Cap    capValue  `yaml:"cap"`
	Keep   keep      `yaml:"keep"`
	Mask   maskValue `yaml:"mask"`
	Follow follow    `yaml:"follow"`
}

// keep is how much of each signal the cache keeps.
type keep struct {
	Size sizeValue          `yaml:"size"`
	Ages bySignal[ageValue] `yaml:",inline"`
}

// follow is how often each signal is asked for.
type follow struct {
	Intervals bySignal[intervalValue] `yaml:",inline"`
}

// bySignal is a value for each signal.
type bySignal[T any] struct {
	Alarms  T `yaml:"alarms"`
	Metrics T `yaml:"metrics"`
	Logs    T `yaml:"logs"`
	Traces  T `yaml:"traces"`
	Trail   T `yaml:"trail"`
}

func (b bySignal[T]) all() map[app.Signal]T {
	return map[app.Signal]T{
		app.Alarms: b.Alarms, app.Metrics: b.Metrics, app.Logs: b.Logs, app.Traces: b.Traces, app.Trail: b.Trail,
	}
}

func (k *keep) UnmarshalYAML(n ast.Node) error {
	type fields keep // without this method
	return decodeFields(n, "keep", (*fields)(k))
}

func (f *follow) UnmarshalYAML(n ast.Node) error {
	type fields follow
	return decodeFields(n, "follow", (*fields)(f))
}

// workspaces are the sections of the file by the path of the cache file that they are for.
type workspaces map[string]section

func (w *workspaces) UnmarshalYAML(n ast.Node) error {
	if _, err := mapping(n, "workspaces"); err != nil {
		return err
	}
	var nodes map[string]ast.Node
	if err := yaml.NodeToValue(n, &nodes); err != nil {
		return err
	}
	*w = workspaces{}
	for _, path := range slices.Sorted(maps.Keys(nodes)) {
		var s section
		if node := nodes[path]; node != nil { // a name without a value sets nothing
			if err := decodeFields(node, path, &s); err != nil {
				return err
			}
		}
		(*w)[path] = s
	}
	return nil
}

// setting is one value of the file and the line on which it is. The line is 0 where the file does not name the value.
type setting[T any] struct {
	value T
	line  int
}

// decode reads a single value.
func (v *setting[T]) decode(n ast.Node, parse func(string) (T, error)) error {
	name := nameOf(n)
	switch n.Type() {
	case ast.StringType, ast.IntegerType, ast.FloatType, ast.BoolType:
	default:
		return faultAt(n.GetToken(), "%s is one value", name)
	}
	got, err := parse(strings.TrimSpace(n.GetToken().Value))
	if err != nil {
		return faultAt(n.GetToken(), "%s: %v", name, err)
	}
	*v = setting[T]{got, lineOf(n.GetToken())}
	return nil
}

type (
	capValue      struct{ setting[app.Money] }
	sizeValue     struct{ setting[int64] }
	ageValue      struct{ setting[time.Duration] }
	intervalValue struct{ setting[time.Duration] }
	ruleValue     struct{ setting[string] }
	maskValue     struct{ setting[app.Masking] }
)

func (v *capValue) UnmarshalYAML(n ast.Node) error      { return v.decode(n, parseCap) }
func (v *sizeValue) UnmarshalYAML(n ast.Node) error     { return v.decode(n, parseSize) }
func (v *ageValue) UnmarshalYAML(n ast.Node) error      { return v.decode(n, parseAge) }
func (v *intervalValue) UnmarshalYAML(n ast.Node) error { return v.decode(n, parseInterval) }
func (v *ruleValue) UnmarshalYAML(n ast.Node) error     { return v.decode(n, parseRule) }

// UnmarshalYAML reads on, off, or the rules to skip.
func (v *maskValue) UnmarshalYAML(n ast.Node) error {
	if _, ok := n.(ast.MapNode); !ok {
		return v.decode(n, parseMask)
	}
	var fields struct {
		Skip rules `yaml:"skip"`
	}
	if err := decodeFields(n, "mask", &fields); err != nil {
		return err
	}
	v.value, v.line = app.Masking{Skip: fields.Skip}, lineOf(n.GetToken())
	return nil
}

// rules are the names of masking rules, each once.
type rules []string

func (r *rules) UnmarshalYAML(n ast.Node) error {
	if _, ok := n.(ast.ArrayNode); !ok {
		return faultAt(n.GetToken(), "mask: skip is a list of rules, such as [card]")
	}
	var all []ruleValue
	if err := yaml.NodeToValue(n, &all); err != nil {
		return err
	}
	for _, rule := range all {
		if rule.line == 0 {
			return faultAt(n.GetToken(), "a rule in mask: skip has no value; give one or take it out")
		}
		if !slices.Contains(*r, rule.value) {
			*r = append(*r, rule.value)
		}
	}
	return nil
}
