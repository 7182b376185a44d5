package providers

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Profile is a way to reach AWS from this machine: a named profile of the AWS configuration, or the default credential
// chain if the name is empty, in a Region.
type Profile struct {
	Name   string
	Region string // empty: as the profile, or AWS_REGION, says
}

// Profiles lists the profiles of the shared configuration and credentials files with their Regions, by name. The files
// are ~/.aws/config and ~/.aws/credentials unless AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say otherwise; none
// at all is no error. Secrets are not read.
func Profiles() ([]Profile, error) {
	regions := map[string]string{}
	files := []struct {
		path   string
		config bool
	}{
		{credentialsFile(), false},
		{configFile(), true},
	}
	for _, f := range files {
		if err := readFile(f.path, f.config, regions); err != nil {
			return nil, &app.Error{Kind: app.Malformed, Op: "read " + f.path, Err: err}
		}
	}
	profiles := make([]Profile, 0, len(regions))
	for _, name := range slices.Sorted(maps.Keys(regions)) {
		profiles = append(profiles, Profile{name, regions[name]})
	}
	return profiles, nil
}

func readFile(path string, isConfig bool, regions map[string]string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	return readProfiles(f, isConfig, regions)
}

// readProfiles adds the profiles of one file to regions. The configuration file has sections [default], [profile NAME]
// and others that are no profiles ([sso-session NAME], [services NAME]); the credentials file has [NAME]. Indented
// lines belong to a nested value (AWS SDKs reference guide, "Format of the shared config and credentials files").
func readProfiles(r io.Reader, isConfig bool, regions map[string]string) error {
	name := ""
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20) // a line may hold a long session token
	for lines.Scan() {
		line := strings.TrimRight(lines.Text(), " \t\r")
		if section, ok := sectionOf(line); ok {
			if name = profileOf(section, isConfig); name != "" {
				if _, known := regions[name]; !known {
					regions[name] = ""
				}
			}
			continue
		}
		if line == "" || name == "" || strings.ContainsAny(line[:1], " \t#;") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if ok && strings.TrimSpace(key) == "region" {
			value, _, _ = strings.Cut(strings.TrimSpace(value), " ") // a comment may follow a blank
			regions[name] = value
		}
	}
	return lines.Err()
}

func sectionOf(line string) (string, bool) {
	if !strings.HasPrefix(line, "[") {
		return "", false
	}
	section, _, ok := strings.Cut(line[1:], "]")
	return strings.TrimSpace(section), ok
}

// profileOf returns the profile that a section is about, "" if it is about something else.
func profileOf(section string, isConfig bool) string {
	if !isConfig || section == "default" {
		return section
	}
	kind, name, ok := strings.Cut(section, " ")
	if !ok || kind != "profile" {
		return ""
	}
	return strings.Trim(strings.TrimSpace(name), `"'`)
}
