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

// Visit says how to go through the screens without a person.
type Visit struct {
	Folder  string   // where a picture of each screen is written
	Display *Display // to look at; nil to ask the window itself, which not every driver can answer
	Out     io.Writer
	Began   time.Time // when the wait for the first picture began
}

// A screen is taken for drawn when nothing is read for it any more and it has looked the same for a while. One that
// never rests is taken as it is.
const (
	lookEvery = 30 * time.Millisecond // two frames
	sameLooks = 5
	restless  = 20 * time.Second
)

// visitor goes through the screens. It works away from the UI goroutine.
type visitor struct {
	Visit
	canvas fyne.Canvas
	// On the UI goroutine: whether something read is on its way to a screen, and whether AWS is being asked.
	reading, asking func() bool
	back            func(func()) // to the UI goroutine
}

// all visits every screen and writes a picture of each.
func (v visitor) all(ctx context.Context, entries []shell.Entry, show func(entry int)) error {
	if err := os.MkdirAll(v.Folder, 0o755); err != nil {
		return err
	}
	if err := v.first(ctx); err != nil {
		return err
	}
	fmt.Fprintf(v.Out, "First picture after %.2f s.\n", time.Since(v.Began).Seconds())
	for i, e := range entries {
		v.do(func() { show(i) })
		picture, err := v.rest(ctx)
		if err != nil {
			return err
		}
		file := filepath.Join(v.Folder, strings.ToLower(e.Name)+".png")
		if err := write(file, picture); err != nil {
			return err
		}
		fmt.Fprintln(v.Out, file)
	}
	return nil
}

// do runs f on the UI goroutine and waits for it.
func (v visitor) do(f func()) {
	done := make(chan struct{})
	v.back(func() { f(); close(done) })
	<-done
}

// first returns when the first screen is there with all that it has read.
func (v visitor) first(ctx context.Context) error {
	for until := time.Now().Add(restless); ctx.Err() == nil && time.Now().Before(until); time.Sleep(time.Millisecond) {
		quiet := false
		v.do(func() { quiet = !v.reading() })
		if !quiet {
			continue
		}
		picture, err := v.look()
		if err != nil || drawn(picture) {
			return err
		}
	}
	return ctx.Err()
}

// drawn reports whether a picture shows more than an empty window, which has a handful of colours.
func drawn(picture *image.RGBA) bool {
	seen := map[[3]byte]bool{}
	for i := 0; i+3 < len(picture.Pix) && len(seen) < 50; i += 4 * 7 {
		seen[[3]byte(picture.Pix[i:])] = true
	}
	return len(seen) >= 50
}

// rest returns a picture of the screen once it has come to rest.
func (v visitor) rest(ctx context.Context) (*image.RGBA, error) {
	last, err := v.look()
	same := 0
	for until := time.Now().Add(restless); err == nil && same < sameLooks && time.Now().Before(until); {
		time.Sleep(lookEvery)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var next *image.RGBA
		if next, err = v.look(); err != nil {
			break
		}
		quiet := false
		v.do(func() { quiet = !v.reading() && !v.asking() })
		if same++; !quiet || !bytes.Equal(last.Pix, next.Pix) {
			same = 0
		}
		last = next
	}
	return last, err
}

// look takes a picture of the window.
func (v visitor) look() (*image.RGBA, error) {
	if v.Display != nil {
		return v.Display.Look()
	}
	var picture *image.RGBA
	v.do(func() {
		seen := v.canvas.Capture()
		picture = image.NewRGBA(image.Rect(0, 0, seen.Bounds().Dx(), seen.Bounds().Dy()))
		draw.Draw(picture, picture.Bounds(), seen, seen.Bounds().Min, draw.Src)
	})
	return picture, nil
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
