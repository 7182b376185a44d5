package assets

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/goccy/go-yaml"
)

// sheet is one YAML file of what AWS says of a service while it is read. Its errors name the line.
type sheet struct{ text []byte }

// decode reads the one document of the sheet; a field that into lacks is an error.
func (s sheet) decode(into any) (err error) {
	defer func() { // goccy/go-yaml 1.19.2 panics at a tag that nothing follows, as fuzzing has found
		if recover() != nil {
			err = errors.New("line 1: this is no YAML that can be read")
		}
	}()
	strict := yaml.NewDecoder(bytes.NewReader(s.text), yaml.Strict())
	err = strict.Decode(into)
	if err == nil {
		if err = strict.Decode(new(any)); errors.Is(err, io.EOF) {
			return nil
		}
		return errors.New("line 1: a second document follows, and a sheet is one")
	}
	if errors.Is(err, io.EOF) {
		return errors.New("line 1: the file is empty")
	}
	var known yaml.Error
	if errors.As(err, &known) && known.GetToken() != nil {
		return fmt.Errorf("line %d: %s", known.GetToken().Position.Line, known.GetMessage())
	}
	return fmt.Errorf("line 1: %w", err)
}

// fault says what is wrong with the value at a place of the document, such as $.calls[2].price.
func (s sheet) fault(place, format string, args ...any) error {
	line := 1 // where what is missing would stand
	if path, err := yaml.PathString(place); err == nil {
		if node, err := path.ReadNode(bytes.NewReader(s.text)); err == nil && node != nil && node.GetToken() != nil {
			line = node.GetToken().Position.Line
		}
	}
	return fmt.Errorf("line %d: %s", line, fmt.Sprintf(format, args...))
}

// heading is what every sheet begins with.
type heading struct {
	service, date, source string
}

// check checks that a sheet says of what it speaks, since when, and who says so.
func (h heading) check(s sheet) error {
	if h.service == "" {
		return s.fault("$", "service is missing: as the ledger names it, such as monitoring")
	}
	if _, err := time.Parse(time.DateOnly, h.date); err != nil {
		return s.fault("$.date", "date is the day on which the numbers were noted, such as 2026-11-20, not %q", h.date)
	}
	if at, err := url.Parse(h.source); err != nil || at.Scheme != "https" || at.Host == "" {
		return s.fault("$.source", "source is the address of the page that has the numbers, not %q", h.source)
	}
	return nil
}
