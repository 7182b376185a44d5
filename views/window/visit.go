package window

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/shell"
)

// A screen is taken for drawn when nothing is read for it any more and it has looked the same for a while: the last
// picture is then a few frames old. A screen that never rests is taken as it is.
const (
	lookEvery = 30 * time.Millisecond // two frames
	sameLooks = 5
	restless  = 20 * time.Second
)

// visit goes through the screens by itself.
type visit struct {
	canvas fyne.Canvas
	busy   func() bool  // whether something is on its way to a screen
	back   func(func()) // to the UI goroutine
	folder string
	out    io.Writer
	began  time.Time
}

// all visits every screen and writes a picture of each. It is called away from the UI goroutine.
func (v visit) all(ctx context.Context, entries []shell.Entry, show func(entry int)) error {
	if err := os.MkdirAll(v.folder, 0o755); err != nil {
		return err
	}
	if !v.firstLook(ctx) {
		return ctx.Err()
	}
	fmt.Fprintf(v.out, "First picture after %.2f s.\n", time.Since(v.began).Seconds())
	for i, e := range entries {
		v.do(func() { show(i) })
		picture := v.rest(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		file := filepath.Join(v.folder, strings.ToLower(e.Name)+".png")
		if err := write(file, picture); err != nil {
			return err
		}
		fmt.Fprintln(v.out, file)
	}
	return nil
}

// do runs f on the UI goroutine and waits for it.
func (v visit) do(f func()) {
	done := make(chan struct{})
	v.back(func() { f(); close(done) })
	<-done
}

// firstLook returns when the first screen has drawn what it has read; false if ctx ended before.
func (v visit) firstLook(ctx context.Context) bool {
	for ctx.Err() == nil {
		quiet := false
		v.do(func() { quiet = !v.busy() })
		if quiet {
			v.look()
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

// rest returns a picture of the screen once it has come to rest.
func (v visit) rest(ctx context.Context) image.Image {
	last, same := v.look(), 0
	for until := time.Now().Add(restless); same < sameLooks && time.Now().Before(until) && ctx.Err() == nil; {
		time.Sleep(lookEvery)
		next := v.look()
		if !v.busy() && bytes.Equal(last.Pix, next.Pix) {
			same++
		} else {
			same = 0
		}
		last = next
	}
	return last
}

// look takes a picture of the canvas.
func (v visit) look() *image.RGBA {
	var picture *image.RGBA
	v.do(func() {
		seen := v.canvas.Capture()
		picture = image.NewRGBA(seen.Bounds())
		draw.Draw(picture, picture.Bounds(), seen, seen.Bounds().Min, draw.Src)
	})
	return picture
}

func write(path string, picture image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, picture); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
