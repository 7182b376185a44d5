package cache

import (
	"bytes"
	"encoding/json"

	"github.com/nephograph/nephograph/app"
)

// readDetail reads the JSON of a span's detail. Numbers of annotations become float64, as they are when a segment
// document is read, but for those that a float64 would write differently: they stay json.Number.
func readDetail(text string, detail *app.SpanDetail) error {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	if err := d.Decode(detail); err != nil {
		return err
	}
	for name, value := range detail.Annotations {
		detail.Annotations[name] = number(value)
	}
	return nil
}

func number(value any) any {
	switch v := value.(type) {
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return v
		}
		if text, err := json.Marshal(f); err != nil || string(text) != v.String() {
			return v
		}
		return f
	case map[string]any:
		for name, inner := range v {
			v[name] = number(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = number(inner)
		}
	}
	return value
}
