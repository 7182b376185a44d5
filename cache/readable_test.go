package cache

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

// Of a damaged file it is told what can still be read; Sound finds the damage, and says it in one line.
func TestReadable(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "cache.db")
	content := smallFile(t)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	d := must[*DB](t)(Open(ctx, path))
	whole := d.Readable(ctx)
	for i, r := range whole {
		if r.Signal != app.Signals[i] || !r.Whole || r.Items == 0 && r.Signal != app.Alarms {
			t.Errorf("of a sound file can be read %+v", r)
		}
	}
	if err := d.Sound(ctx); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}

	clear(content[len(content)/2 : len(content)/2+40*4096])
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	d = must[*DB](t)(Open(ctx, path))
	defer d.Close()
	lost := 0
	for i, r := range d.Readable(ctx) {
		if r.Items > whole[i].Items || r.Whole && r.Items < whole[i].Items {
			t.Errorf("%+v of %+v", r, whole[i])
		}
		if !r.Whole {
			lost++
		}
	}
	err := d.Sound(ctx)
	if lost == 0 || app.KindOf(err) != app.Damaged || strings.Contains(err.Error(), "\n") {
		t.Errorf("of %d signals something is lost, and found is %v", lost, err)
	}
}
