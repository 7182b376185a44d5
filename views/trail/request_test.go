package trail

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
)

func TestRequested(t *testing.T) {
	for _, test := range []struct {
		name, parameters string
		want             []drawer.Setting
	}{
		{"nested, in their order",
			`{"tableName":"orders","billingMode":"PROVISIONED","provisionedThroughput":{"writeCapacityUnits":400,` +
				`"readCapacityUnits":1.50}}`,
			[]drawer.Setting{{Name: "tableName", Value: "orders"}, {Name: "billingMode", Value: "PROVISIONED"},
				{Name: "provisionedThroughput.writeCapacityUnits", Value: "400"},
				{Name: "provisionedThroughput.readCapacityUnits", Value: "1.50"}}},
		{"nulls are left out", `{"a":null,"b":false,"c":{},"d":[],"e":{"f":null}}`,
			[]drawer.Setting{{Name: "b", Value: "false"}}},
		{"a list is one row", `{"subnets":["subnet-1","subnet-2"],"n":1}`,
			[]drawer.Setting{{Name: "subnets", Value: "subnet-1, subnet-2"}, {Name: "n", Value: "1"}}},
		{"a list of things", `{"tags":[{"key":"a","value":"b"},{"key":"c"}]}`,
			[]drawer.Setting{{Name: "tags.key", Value: "a"}, {Name: "tags.value", Value: "b"},
				{Name: "tags.key", Value: "c"}}},
		{"many lines become one", `{"p":"{\n  \"x\": 1\n}"}`, []drawer.Setting{{Name: "p", Value: `{ "x": 1 }`}}},
		{"a long value is cut", `{"p":"` + strings.Repeat("a", 300) + `"}`,
			[]drawer.Setting{{Name: "p", Value: strings.Repeat("a", drawer.MaxSetting) + "…"}}},
		{"a great number stays", `{"n":12345678901234567890}`,
			[]drawer.Setting{{Name: "n", Value: "12345678901234567890"}}},
		{"none", `null`, nil},
	} {
		got, more := requested(json.RawMessage(`{"eventName":"X","requestParameters":` + test.parameters + `,"z":1}`))
		if !slices.Equal(got, test.want) || more {
			t.Errorf("%s: got %v, %v; want %v", test.name, got, more, test.want)
		}
	}
	for _, raw := range []string{"", "no json", `{"requestParameters":{"a":`, `[1]`, `{}`, `{"requestParameters":{}}`,
		strings.Repeat("[", 20_000)} {
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
	if got, more := requested(raw); len(got) != drawer.MaxSettings || !more ||
		got[11] != (drawer.Setting{Name: "name11", Value: "11"}) {
		t.Errorf("got %v, %v", got, more)
	}
}

func FuzzRequested(f *testing.F) {
	for _, seed := range []string{string(drawertest.Update.Raw), `{"requestParameters":[{"a":[1,null,"x"]}]}`,
		`{"requestParameters":"text"}`, "", "{"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, more := requested(raw)
		if len(list) > drawer.MaxSettings || more && len(list) < drawer.MaxSettings {
			t.Errorf("%d settings, more %v", len(list), more)
		}
		for _, s := range list {
			if len(s.Value) > drawer.MaxSetting+len("…") {
				t.Errorf("%d bytes of %q", len(s.Value), s.Name)
			}
		}
	})
}
