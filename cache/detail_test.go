package cache

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nephograph/nephograph/app"
)

func TestReadDetailNumbers(t *testing.T) {
	for _, test := range []struct {
		text string
		want any
	}{
		{`1`, 1.0},
		{`0.1`, 0.1},
		{`"1"`, "1"},
		{`12345678901234567890`, json.Number("12345678901234567890")}, // a float64 would write 12345678901234567000
		{`1.0`, json.Number("1.0")},
		{`[1, {"a": 2}]`, []any{1.0, map[string]any{"a": 2.0}}},
	} {
		var d app.SpanDetail
		if err := readDetail(`{"annotations":{"a":`+test.text+`}}`, &d); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, d.Annotations["a"]); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
	}
}
