package window

import (
	"encoding/binary"
	"image/color"
	"testing"
)

// dumpOf returns a dump of two by one pixels, red and blue, with a line longer than its pixels.
func dumpOf() []byte {
	dump := make([]byte, 4*dumpNumbers+4)
	for i, n := range map[int]uint32{dumpHeaderSize: 4*dumpNumbers + 4, dumpWidth: 2, dumpHeight: 1,
		dumpBitsPerPixel: 32, dumpBytesPerLine: 12, dumpColors: 1} {
		binary.BigEndian.PutUint32(dump[4*i:], n)
	}
	dump = append(dump, make([]byte, dumpColorSize)...)
	return append(dump, 0, 0, 255, 0, 255, 0, 0, 0, 9, 9, 9, 9)
}

func TestReadDump(t *testing.T) {
	picture, err := readDump(dumpOf())
	if err != nil {
		t.Fatal(err)
	}
	if picture.Bounds().Dx() != 2 || picture.Bounds().Dy() != 1 {
		t.Errorf("bounds %v", picture.Bounds())
	}
	red, blue := color.RGBA{R: 255, A: 255}, color.RGBA{B: 255, A: 255}
	if picture.RGBAAt(0, 0) != red || picture.RGBAAt(1, 0) != blue {
		t.Errorf("pixels %v", picture.Pix)
	}
	if _, err := readDump(dumpOf()[:len(dumpOf())-1]); err == nil {
		t.Error("a dump that is cut short was read")
	}
}

func FuzzReadDump(f *testing.F) {
	f.Add(dumpOf())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, dump []byte) {
		if picture, err := readDump(dump); err == nil && picture == nil {
			t.Error("neither a picture nor an error")
		}
	})
}
