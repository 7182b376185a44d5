package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache"
	"github.com/nephograph/nephograph/cache/settings"
)

// Draft is a bundle that is put together and not written yet, so that a person can see what would leave. Close removes
// what it needed.
type Draft struct {
	Manifest Manifest
	folder   string // temporary
	file     string // in it
}

// Options say who makes a bundle and when.
type Options struct {
	Program string // name and version
	Now     time.Time
}

// Prepare puts a bundle together from what a cache has of an incident. The caller closes it.
func Prepare(ctx context.Context, from *cache.DB, i app.Incident, o Options) (*Draft, error) {
	folder, err := os.MkdirTemp("", "nephograph-bundle-")
	if err != nil {
		return nil, err
	}
	d := &Draft{folder: folder, file: filepath.Join(folder, "cache.db")}
	d.Manifest = Manifest{Program: o.Program, Created: o.Now.UTC()}
	if err := d.fill(ctx, from, i); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *Draft) fill(ctx context.Context, from *cache.DB, i app.Incident) error {
	text, err := settings.EncodeIncident(i)
	if err != nil {
		return err
	}
	d.Manifest.Incident = string(text)
	to, err := cache.Open(ctx, d.file)
	if err != nil {
		return err
	}
	c := copying{ctx: ctx, from: from, to: to}
	if c.done.Places, err = placesOf(ctx, from, i); err == nil {
		c.done.Ranges = rangesOf(i)
		err = c.all()
	}
	if err := errors.Join(err, to.Close()); err != nil {
		return err
	}
	d.Manifest.Contents = c.done
	return Measure(&d.Manifest, d.file)
}

// Database returns the path of the database that is packed; it is there until Close.
func (d *Draft) Database() string { return d.file }

// Measure notes the length and the digest of a database in a manifest.
func Measure(m *Manifest, database string) error {
	f, err := os.Open(database)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if m.Size, err = io.Copy(sum, f); err != nil {
		return err
	}
	m.Digest = hex.EncodeToString(sum.Sum(nil))
	return nil
}

// Write writes the bundle, encrypted if lock says so.
func (d *Draft) Write(w io.Writer, lock Lock) error {
	locked, err := lockedWriter(w, lock)
	if err != nil {
		return err
	}
	if err := d.write(locked); err != nil {
		return err
	}
	return locked.Close()
}

func (d *Draft) write(w io.Writer) error {
	if _, err := io.WriteString(w, magic); err != nil {
		return err
	}
	// Log events and datapoints are packed already: what is left to gain is in pages of rows, and the third level has
	// most of it in a tenth of the time of the best.
	packer, err := zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithWindowSize(maxWindow))
	if err != nil {
		return err
	}
	text, err := json.Marshal(d.Manifest)
	if err == nil {
		err = binary.Write(packer, binary.BigEndian, uint32(len(text)))
	}
	if err == nil {
		_, err = packer.Write(text)
	}
	if err == nil {
		err = copyFile(packer, d.file)
	}
	return errors.Join(err, packer.Close())
}

func copyFile(w io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// Contents counts what would leave.
func (d *Draft) Contents() app.BundleContents { return d.Manifest.Contents }

// Close removes the temporary folder.
func (d *Draft) Close() error { return os.RemoveAll(d.folder) }
