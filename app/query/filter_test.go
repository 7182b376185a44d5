package query

import (
	"strings"
	"testing"
)

// call is an item of tests: its words are all its values.
type call map[string]string

func (c call) Values(field string) []string {
	if v, ok := c[field]; ok {
		return []string{v}
	}
	return nil
}

func (c call) Text() string {
	var all []string
	for _, v := range c {
		all = append(all, v)
	}
	return strings.Join(all, "\n")
}

var callFields = []string{"name", "who", "took"}

func TestFilter(t *testing.T) {
	update := call{"name": "UpdateTable", "who": "deploy role", "took": "1.5"}
	for _, c := range []struct {
		query string
		want  bool
	}{
		{"", true},
		{"updatetable", true},
		{"update deploy", true},
		{"update other", false},
		{"-other", true},
		{"-update", false},
		{`"deploy role"`, true},
		{`-"deploy role"`, false},
		{"name:updatetable", true},
		{"name:Update", false},
		{"name:Update*", true},
		{"name:*", true},
		{`name:"Update*"`, false},
		{`who:"deploy role"`, true},
		{"who:deploy", false},
		{"-name:UpdateTable", false},
		{"took>1", true},
		{"took>1.5", false},
		{"took>=1.5", true},
		{"took<2s", true},
		{"took<=1500ms", true},
		{"-took>1", false},
		{"name>1", false},
		{"http://shop", false},
	} {
		f, err := ParseFilter(c.query, callFields)
		if err != nil {
			t.Errorf("%q: %v", c.query, err)
		} else if f.Match(update) != c.want {
			t.Errorf("%q matches: %v", c.query, !c.want)
		}
	}
	if f, _ := ParseFilter("name:*", callFields); f.Match(call{}) {
		t.Error("an item without the field has a value of it")
	}
}

func TestFilterErrors(t *testing.T) {
	for text, want := range map[string]string{
		"colour:red":   "there is no field colour; the fields are name, who, took",
		"took>soon":    "compared with a number",
		`name:"open`:   "quotation mark without its other half",
		`-who:"open a`: "quotation mark without its other half",
	} {
		if _, err := ParseFilter(text, callFields); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzParseFilter(f *testing.F) {
	for _, text := range []string{`name:"a b" -x took>1s`, "-", `"`, "name:*", "::", "a<b>c"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		parsed, err := ParseFilter(text, callFields)
		if err == nil {
			parsed.Match(call{"name": "a", "took": "1"})
		}
	})
}
