package pull

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func FuzzStartOf(f *testing.F) {
	f.Add("1-5fad4cc9-70259536495de84a2a6282cd")
	f.Add("1-zzzzzzzz-70259536495de84a2a6282cd")
	f.Add("")
	f.Fuzz(func(t *testing.T, id string) {
		at, ok := startOf(app.TraceID(id))
		if _, valid := app.ParseTraceID(id); valid && len(id) == 35 && !ok {
			t.Errorf("%q has a time", id)
		}
		if ok && (at.Unix() < 0 || at.Unix() > 1<<32) {
			t.Errorf("%q is said to be of %s", id, at)
		}
	})
}
