package shell

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRequested(t *testing.T) {
	for _, test := range []struct {
		name, parameters string
		want             []setting
	}{
		{"nested, in their order", `{"tableName":"orders","billingMode":"PROVISIONED","provisionedThroughput":{"writeCapacityUnits":400,"readCapacityUnits":1.50}}`,
			[]setting{{"tableName", "orders"}, {"billingMode", "PROVISIONED"}, {"provisionedThroughput.writeCapacityUnits", "400"}, {"provisionedThroughput.readCapacityUnits", "1.50"}}},
		{"nulls are left out", `{"a":null,"b":false,"c":{},"d":[],"e":{"f":null}}`, []setting{{"b", "false"}}},
		{"a list is one row", `{"subnets":["subnet-1","subnet-2"],"n":1}`, []setting{{"subnets", "subnet-1, subnet-2"}, {"n", "1"}}},
		{"a list of things", `{"tags":[{"key":"a","value":"b"},{"key":"c"}]}`, []setting{{"tags.key", "a"}, {"tags.value", "b"}, {"tags.key", "c"}}},
		{"many lines become one", `{"p":"{\n  \"x\": 1\n}"}`, []setting{{"p", `{ "x": 1 }`}}},
		{"a long value is cut", `{"p":"` + strings.Repeat("a", 300) + `"}`, []setting{{"p", strings.Repeat("a", maxSetting) + "…"}}},
		{"a great number stays", `{"n":12345678901234567890}`, []setting{{"n", "12345678901234567890"}}},
		{"none", `null`, nil},
	} {
		got, more := requested(json.RawMessage(`{"eventName":"X","requestParameters":` + test.parameters + `,"z":1}`))
		if !slices.Equal(got, test.want) || more {
			t.Errorf("%s: got %v, %v; want %v", test.name, got, more, test.want)
		}
	}
	for _, raw := range []string{"", "no json", `{"requestParameters":{"a":`, `[1]`, `{}`, `{"requestParameters":{}}`, strings.Repeat("[", 20_000)} {
		if got, more := requested(json.RawMessage(raw)); got != nil || more {
			t.Errorf("%.20q: got %v, %v", raw, got, more)
		}
	}
}

func TestRequestedIsBounded(t *testing.T) {
	many := map[string]int{}
	for i := range 40 {
		many[fmt.Sprintf("name%02d", i)] = i
	}
	raw, err := json.Marshal(map[string]any{"requestParameters": many})
	if err != nil {
		t.Fatal(err)
	}
	if got, more := requested(raw); len(got) != maxSettings || !more || got[11] != (setting{"name11", "11"}) {
		t.Errorf("got %v, %v", got, more)
	}
}

func FuzzRequested(f *testing.F) {
	for _, seed := range []string{string(update.Raw), `{"requestParameters":[{"a":[1,null,"x"]}]}`, `{"requestParameters":"text"}`, "", "{"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, more := requested(raw)
		if len(list) > maxSettings || more && len(list) < maxSettings {
			t.Errorf("%d settings, more %v", len(list), more)
		}
		for _, s := range list {
			if len(s.value) > maxSetting+len("…") {
				t.Errorf("%d bytes of %q", len(s.value), s.name)
			}
		}
	})
}
