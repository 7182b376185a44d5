package settings

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/nephograph/nephograph/app"
)

// Save writes what holds for a workspace, or for all with "", and leaves the rest of the file as it is, comments among
// it. The file is replaced at once and readable by its owner only. A file that is wrong is not touched: mend it first.
func Save(path, workspace string, s app.Settings) (err error) {
	defer recoverYAML(path, &err)
	text, err := read(path)
	if err != nil {
		return err
	}
	if _, err := parse(text, path, workspace); err != nil {
		return err
	}
	comments := yaml.CommentMap{}
	var all yaml.MapSlice
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.UseOrderedMap(), yaml.CommentToMap(comments)); err != nil {
		return inFile(path, err)
	}
	all = setSection(all, workspace, sectionItems(s))
	made, err := yaml.MarshalWithOptions(all, yaml.WithComment(comments), yaml.IndentSequence(true))
	if err != nil {
		return inFile(path, err)
	}
	// What is written is read before it replaces anything: a file may be written in ways that this does not carry over.
	if kept, err := parse(made, path, workspace); err != nil || !same(kept.Settings, s) {
		return settingsError(fmt.Errorf("%s: the settings cannot be written into this file without losing some of "+
			"it; change it by hand", path))
	}
	if err := replace(path, made); err != nil {
		return settingsError(fmt.Errorf("the settings cannot be written: %w", err))
	}
	return nil
}

// sectionItems returns settings as the file has them.
func sectionItems(s app.Settings) yaml.MapSlice {
	keep := yaml.MapSlice{{Key: "size", Value: sizeText(s.Keep.Size)}}
	follow := yaml.MapSlice{}
	for _, signal := range app.Signals {
		age, every := "forever", "never"
		if d := s.Keep.Age[signal]; d > 0 {
			age = lengthText(d)
		}
		if d, ok := s.Follow[signal]; ok {
			every = lengthText(d)
		}
		keep = append(keep, yaml.MapItem{Key: string(signal), Value: age})
		follow = append(follow, yaml.MapItem{Key: string(signal), Value: every})
	}
	var mask any = "on"
	switch {
	case s.Mask.Off:
		mask = "off"
	case len(s.Mask.Skip) > 0:
		mask = yaml.MapSlice{{Key: "skip", Value: s.Mask.Skip}}
	}
	return yaml.MapSlice{{Key: "cap", Value: capText(s.Cap)}, {Key: "keep", Value: keep}, {Key: "mask", Value: mask},
		{Key: "follow", Value: follow}}
}

// setSection puts settings into the file's tree, at the top or into the section of a workspace.
func setSection(all yaml.MapSlice, workspace string, settings yaml.MapSlice) yaml.MapSlice {
	if workspace == "" {
		for _, item := range settings {
			all = put(all, item.Key, item.Value)
		}
		return all
	}
	others, _ := valueOf(all, "workspaces").(yaml.MapSlice)
	name := any(workspacePath(workspace))
	for _, item := range others {
		if key, ok := item.Key.(string); ok && workspacePath(key) == name {
			name = key // as the person has written it
		}
	}
	return put(all, "workspaces", put(others, name, settings))
}

func valueOf(m yaml.MapSlice, key any) any {
	for _, item := range m {
		if item.Key == key {
			return item.Value
		}
	}
	return nil
}

// put sets the value of a key where it stands, or at the end.
func put(m yaml.MapSlice, key, value any) yaml.MapSlice {
	for i := range m {
		if m[i].Key == key {
			m[i].Value = value
			return m
		}
	}
	return append(m, yaml.MapItem{Key: key, Value: value})
}

// same reports whether two settings say the same.
func same(a, b app.Settings) bool {
	ages := func(s app.Settings) map[app.Signal]time.Duration {
		kept := maps.Clone(s.Keep.Age)
		maps.DeleteFunc(kept, func(_ app.Signal, d time.Duration) bool { return d <= 0 })
		return kept
	}
	return max(a.Cap, -1) == max(b.Cap, -1) && a.Keep.Size == b.Keep.Size && maps.Equal(ages(a), ages(b)) &&
		a.Mask.Off == b.Mask.Off && slices.Equal(a.Mask.Skip, b.Mask.Skip) && maps.Equal(a.Follow, b.Follow)
}

// replace writes a file beside the old one and puts it in its place, so that no crash leaves half of one.
func replace(path string, text []byte) (err error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, ".settings-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // without effect once it has been renamed
	_, err = f.Write(bytes.TrimLeft(text, "\n"))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
