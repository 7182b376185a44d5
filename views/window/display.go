package window

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// NoDisplay reports whether a window would need a display on this machine and there is none.
func NoDisplay() bool {
	return runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == ""
}

// Display is an X server of the window's size that nobody sees. It needs Xvfb.
type Display struct {
	server *exec.Cmd
	folder string // where the server maps its screen to a file
}

// OpenDisplay starts a display and makes it the one of this process. The caller closes it.
func OpenDisplay() (*Display, error) {
	folder, err := os.MkdirTemp("", "nephograph-display-")
	if err != nil {
		return nil, err
	}
	numbers, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer numbers.Close()
	d := &Display{folder: folder, server: exec.Command("Xvfb", "-displayfd", "3", "-fbdir", folder,
		"-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp")}
	d.server.ExtraFiles = []*os.File{write} // its descriptor 3
	err = d.server.Start()
	write.Close()
	if err != nil {
		os.RemoveAll(folder)
		return nil, errors.New("there is no display, nor Xvfb to make one; install xvfb")
	}
	number, err := bufio.NewReader(numbers).ReadString('\n')
	if err != nil {
		d.Close()
		return nil, errors.New("the virtual display did not start")
	}
	// GLFW takes keys only under a UTF-8 locale.
	return d, errors.Join(os.Setenv("DISPLAY", ":"+strings.TrimSpace(number)), os.Setenv("LC_ALL", "en_US.UTF-8"))
}

// Close ends the display.
func (d *Display) Close() {
	_ = d.server.Process.Signal(os.Interrupt)
	_ = d.server.Wait() // it says that it was interrupted
	_ = os.RemoveAll(d.folder)
}

// Look returns what the display shows.
func (d *Display) Look() (*image.RGBA, error) {
	dump, err := os.ReadFile(filepath.Join(d.folder, "Xvfb_screen0"))
	if err != nil {
		return nil, err
	}
	return readDump(dump)
}

// The numbers of an X window dump's header that are read here, of 25; all are big-endian (X11/XWDFile.h).
const (
	dumpHeaderSize   = 0
	dumpWidth        = 4
	dumpHeight       = 5
	dumpByteOrder    = 7 // 0: least significant byte first
	dumpBitsPerPixel = 11
	dumpBytesPerLine = 12
	dumpColors       = 19
	dumpNumbers      = 25
	dumpColorSize    = 12
)

// readDump reads an X window dump of 32 bits a pixel in the order blue, green, red, as Xvfb makes them on machines of
// today.
func readDump(dump []byte) (*image.RGBA, error) {
	if len(dump) < 4*dumpNumbers {
		return nil, errors.New("the display's picture is too short")
	}
	number := func(i int) int { return int(binary.BigEndian.Uint32(dump[4*i:])) }
	w, h, line := number(dumpWidth), number(dumpHeight), number(dumpBytesPerLine)
	start := number(dumpHeaderSize) + number(dumpColors)*dumpColorSize
	const most = 1 << 14 // no screen is larger; larger numbers would not multiply
	if number(dumpBitsPerPixel) != 32 || number(dumpByteOrder) != 0 || w > most || h > most || line > 4*most ||
		line < 4*w || start > len(dump) || len(dump)-start < h*line {
		return nil, errors.New("the display's picture is of an unknown form")
	}
	picture := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		from, to := dump[start+y*line:], picture.Pix[y*picture.Stride:]
		for x := 0; x < 4*w; x += 4 {
			to[x], to[x+1], to[x+2], to[x+3] = from[x+2], from[x+1], from[x], 255
		}
	}
	return picture, nil
}
