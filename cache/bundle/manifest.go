package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/settings"
)

// magic begins a bundle that is not encrypted; its last byte is the format.
const magic = "NEPHBDL\x01"

// Manifest says what a bundle is.
type Manifest struct {
	Program  string             `json:"program"` // that wrote it
	Created  time.Time          `json:"created"`
	Incident string             `json:"incident"` // YAML, as package settings writes it
	Contents app.BundleContents `json:"contents"`
	Size     int64              `json:"database_bytes"`
	Digest   string             `json:"database_sha256"` // in hexadecimal
}

func (m Manifest) incident() (app.Incident, error) {
	return settings.DecodeIncident([]byte(m.Incident), "the incident in the bundle")
}

// parseManifest reads a manifest and refuses lengths that no bundle has. packed is the length of the file.
func parseManifest(text []byte, packed int64) (m Manifest, err error) {
	if err := json.Unmarshal(text, &m); err != nil {
		return m, malformed(fmt.Errorf("its manifest is not JSON: %w", err))
	}
	switch {
	case m.Size <= 0 || m.Size > maxDatabase:
		return m, malformed(fmt.Errorf("it says that its database has %d bytes; at most %d are unpacked", m.Size,
			maxDatabase))
	case m.Size > packed*mostDenser:
		return m, malformed(fmt.Errorf("it says that %d bytes become %d, which no bundle does", packed, m.Size))
	case len(m.Digest) != 64:
		return m, malformed(errors.New("it does not say how to check its database"))
	}
	return m, nil
}

// malformed is an error of what a bundle is; views/explain says what to do.
func malformed(err error) error { return &app.Error{Kind: app.Malformed, Op: Op, Err: err} }

// Op is the Op of errors about bundles.
const Op = "bundle"
