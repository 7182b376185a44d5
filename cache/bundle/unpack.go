package bundle

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache"
)

// The bounds of what is unpacked.
const (
	maxManifest = 8 << 20 // twice what an incident may have
	maxDatabase = 2 << 30 // a day of a busy account; SQLite's pages need no memory
	mostDenser  = 200     // times that a database may be larger than its bundle; the demo's is 3 times
	maxWindow   = 8 << 20 // of Zstandard, which is the memory that unpacking takes
)

// Bundle is a bundle that was opened. Close removes what was unpacked.
type Bundle struct {
	Manifest Manifest
	Incident app.Incident
	Cache    *cache.DB // to be read only
	folder   string
}

// Kind says what a file is.
type Kind uint8

// The kinds of files that can be opened.
const (
	Neither    Kind = iota
	Plain           // a bundle
	Locked          // an encrypted bundle, or something else that age has encrypted
	WholeCache      // a cache file, or another database of SQLite
)

// sqliteHead begins each database of SQLite 3.
const sqliteHead = "SQLite format 3\x00"

// Sniff tells by its first bytes what a file is.
func Sniff(path string) (Kind, error) {
	f, err := os.Open(path)
	if err != nil {
		return Neither, err
	}
	defer f.Close()
	head := make([]byte, len(ageHead))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return Neither, err
	}
	return kindOf(head[:n]), nil
}

func kindOf(head []byte) Kind {
	is := func(start string) bool { return len(head) >= len(start) && string(head[:len(start)]) == start }
	switch {
	case is(magic):
		return Plain
	case is(ageHead):
		return Locked
	case is(sqliteHead):
		return WholeCache
	}
	return Neither
}

// Open unpacks the bundle at path and opens it. Nothing is written but into a temporary folder, which Close removes. An
// error about the file is an app.Error of Kind Malformed, Foreign or Damaged.
func Open(ctx context.Context, path string, key Key) (*Bundle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, malformed(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, malformed(err)
	}
	return Read(ctx, f, info.Size(), key)
}

// Read is Open for what is not a file; size is how many bytes it has.
func Read(ctx context.Context, r io.Reader, size int64, key Key) (*Bundle, error) {
	folder, err := os.MkdirTemp("", "nephograph-bundle-")
	if err != nil {
		return nil, err
	}
	b := &Bundle{folder: folder}
	if err := b.read(ctx, r, size, key); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

func (b *Bundle) read(ctx context.Context, r io.Reader, size int64, key Key) error {
	file := filepath.Join(b.folder, "cache.db")
	if err := b.unpack(r, size, key, file); err != nil {
		return err
	}
	var err error
	if b.Incident, err = b.Manifest.incident(); err != nil {
		return err
	}
	if err := cache.BringUpToDate(ctx, file); err != nil {
		return err
	}
	if b.Cache, err = cache.OpenGiven(ctx, file); err != nil {
		return err
	}
	return b.Cache.Sound(ctx)
}

// unpack writes the database of a bundle into a file, and takes its manifest.
func (b *Bundle) unpack(r io.Reader, size int64, key Key, file string) error {
	plain, err := unlocked(r, key)
	if err != nil {
		return err
	}
	unpacker, err := zstd.NewReader(plain, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(maxDatabase+maxManifest), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer unpacker.Close()
	if b.Manifest, err = readManifest(unpacker, size); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(b.database(f, unpacker), f.Close())
}

// unlocked returns what follows the magic of a bundle, decrypted.
func unlocked(r io.Reader, key Key) (io.Reader, error) {
	held := bufio.NewReader(r)
	head, _ := held.Peek(len(ageHead)) // less of a shorter file, which is then neither
	if kindOf(head) == Locked {
		plain, err := unlockedReader(held, key)
		if err != nil {
			return nil, err
		}
		held = bufio.NewReader(plain)
		head, _ = held.Peek(len(magic))
	}
	if kindOf(head) != Plain {
		if len(head) >= len(magic) && string(head[:len(magic)-1]) == magic[:len(magic)-1] {
			return nil, malformed(fmt.Errorf("it is of format %d, and this program knows format %d: a newer "+
				"Nephograph wrote it", head[len(magic)-1], magic[len(magic)-1]))
		}
		return nil, malformed(errors.New("it is no bundle of Nephograph"))
	}
	_, err := held.Discard(len(magic))
	return held, err
}

func readManifest(r io.Reader, packed int64) (Manifest, error) {
	var length uint32
	if err := binary.Read(r, binary.BigEndian, &length); err != nil {
		return Manifest{}, cutOff(err)
	}
	if length > maxManifest {
		return Manifest{}, malformed(fmt.Errorf("its manifest has %d bytes; no incident has as many", length))
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(r, text); err != nil {
		return Manifest{}, cutOff(err)
	}
	return parseManifest(text, packed)
}

// database copies exactly as many bytes as the manifest says, and checks them.
func (b *Bundle) database(w io.Writer, r io.Reader) error {
	sum := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(w, sum), r, b.Manifest.Size); err != nil {
		return cutOff(err)
	}
	if n, err := io.CopyN(io.Discard, r, 1); n > 0 || !errors.Is(err, io.EOF) {
		return malformed(errors.New("it goes on after its end"))
	}
	if hex.EncodeToString(sum.Sum(nil)) != b.Manifest.Digest {
		return malformed(errors.New("its database is not the one that was packed"))
	}
	return nil
}

// cutOff words what is wrong with the packed stream. A full disk and the like pass through.
func cutOff(err error) error {
	var disk *os.PathError
	if errors.As(err, &disk) {
		return err
	}
	return malformed(fmt.Errorf("it is damaged or was cut off: %w", err))
}

// Close closes the cache and removes what was unpacked.
func (b *Bundle) Close() error {
	var err error
	if b.Cache != nil {
		err = b.Cache.Close()
	}
	return errors.Join(err, os.RemoveAll(b.folder))
}
