package settings

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/nephograph/nephograph/app"
)

// Incidents keeps incidents beside the settings, a YAML file each, which a person may read, write and put under version
// control. What the evidence shows is in the cache.
type Incidents struct{ folder string }

// IncidentsBeside returns the incidents that are kept beside a settings file.
func IncidentsBeside(settings string) Incidents {
	return Incidents{filepath.Join(filepath.Dir(settings), "incidents")}
}

// Folder returns where the files are; it need not be there.
func (n Incidents) Folder() string { return n.folder }

// maxIncident bounds what is read of a file of an incident: a thousand pieces of evidence with long notes fill less.
const maxIncident = 4 << 20

// incidentExtension ends the name of a file of an incident.
const incidentExtension = ".yaml"

// Load returns all incidents, the newest first by their range. What could be read travels with an error, an app.Error
// of Kind Malformed that names the files which could not be.
func (n Incidents) Load(context.Context) ([]app.Incident, error) {
	entries, err := os.ReadDir(n.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, incidentError(fmt.Errorf("the incidents cannot be read: %w", err))
	}
	var all []app.Incident
	var problems []error
	for _, e := range entries {
		id, ours := strings.CutSuffix(e.Name(), incidentExtension)
		if !ours || e.IsDir() || !app.ValidIncidentID(id) {
			continue
		}
		i, err := n.load(id)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		all = append(all, i)
	}
	slices.SortFunc(all, app.CompareIncidents)
	return all, errors.Join(problems...)
}

func (n Incidents) load(id string) (app.Incident, error) {
	path := n.path(id)
	info, err := os.Stat(path)
	if err == nil && info.Size() > maxIncident {
		err = fmt.Errorf("%s is larger than any incident: %d bytes", path, info.Size())
	}
	if err != nil {
		return app.Incident{}, incidentError(err)
	}
	text, err := read(path)
	if err != nil {
		return app.Incident{}, err
	}
	i, err := DecodeIncident(text, path)
	if err == nil && i.ID != id {
		err = incidentError(fmt.Errorf("%s has the id %q; the id of an incident is the name of its file", path, i.ID))
	}
	return i, err
}

func (n Incidents) path(id string) string { return filepath.Join(n.folder, id+incidentExtension) }

// Save writes an incident into its file, which is replaced at once and readable by its owner only.
func (n Incidents) Save(_ context.Context, i app.Incident) error {
	if !app.ValidIncidentID(i.ID) {
		return incidentError(fmt.Errorf("%q cannot be the id of an incident: small letters, figures and dashes can",
			i.ID))
	}
	text, err := EncodeIncident(i)
	if err == nil {
		err = replace(n.path(i.ID), text)
	}
	if err != nil {
		return incidentError(fmt.Errorf("the incident cannot be written: %w", err))
	}
	return nil
}

// Remove removes the file of an incident; one that is not there is no error.
func (n Incidents) Remove(_ context.Context, id string) error {
	if !app.ValidIncidentID(id) {
		return nil
	}
	if err := os.Remove(n.path(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return incidentError(fmt.Errorf("the incident cannot be removed: %w", err))
	}
	return nil
}

func incidentError(err error) error { return &app.Error{Kind: app.Malformed, Op: "incident", Err: err} }

// EncodeIncident writes an incident as YAML.
func EncodeIncident(i app.Incident) ([]byte, error) {
	return yaml.MarshalWithOptions(textOfIncident(i), yaml.IndentSequence(true),
		yaml.UseLiteralStyleIfMultiline(true))
}

// DecodeIncident reads an incident that EncodeIncident or a person has written. name stands in errors, which are
// app.Errors of Kind Malformed.
func DecodeIncident(text []byte, name string) (i app.Incident, err error) {
	defer recoverYAML(name, &err)
	var t incidentText
	if err := yaml.Unmarshal(text, &t); err != nil {
		return i, inFile(name, err)
	}
	if i, err = t.incident(); err != nil {
		return app.Incident{}, incidentError(fmt.Errorf("%s: %w", name, err))
	}
	return i, nil
}
