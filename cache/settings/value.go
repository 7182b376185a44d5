package settings

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/goccy/go-yaml/ast"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
)

// Bounds of what can be meant. Below them a unit was forgotten, or AWS would refuse the rate; above them it is a slip.
const (
	dearest     = 1_000_000 * app.Dollar // a month
	smallest    = 16 << 20               // bytes; an empty cache with its log takes 5 MB
	shortestAge = time.Hour
	longest     = 100 * 365 * day
	quickest    = 10 * time.Second
	slowest     = 30 * day
)

func (p *parsing) cap(into *app.Money) field {
	return func(n ast.Node) error {
		text, err := p.word(n, "cap")
		if err != nil {
			return err
		}
		if *into, err = parseCap(text); err != nil {
			return p.fault(n, "cap: %v", err)
		}
		return nil
	}
}

// parseCap reads $5, 5, 4.50 or none.
func parseCap(text string) (app.Money, error) {
	if text == "none" {
		return -1, nil
	}
	dollars, err := strconv.ParseFloat(strings.TrimPrefix(text, "$"), 64)
	if err != nil || !(dollars >= 0 && dollars <= float64(dearest/app.Dollar)) {
		return 0, fmt.Errorf("%q is not an amount a month; write it in US dollars, such as $5, or none", text)
	}
	return app.Money(math.Round(dollars * float64(app.Dollar))), nil
}

func capText(m app.Money) string {
	if m < 0 {
		return "none"
	}
	return "$" + strconv.FormatFloat(float64(m)/float64(app.Dollar), 'f', -1, 64)
}

func (p *parsing) size(into *int64) field {
	return func(n ast.Node) error {
		text, err := p.word(n, "keep: size")
		if err != nil {
			return err
		}
		if *into, err = parseSize(text); err != nil {
			return p.fault(n, "keep: size: %v", err)
		}
		return nil
	}
}

// parseSize reads 2GB, 500 MiB or any.
func parseSize(text string) (int64, error) {
	if text == "any" {
		return 0, nil
	}
	size, err := humanize.ParseBytes(text)
	switch {
	case err != nil || size > math.MaxInt64:
		return 0, fmt.Errorf("%q is not a size; write it with its unit, such as 2GB, or any", text)
	case size < smallest:
		return 0, fmt.Errorf("%q is too small for a cache; 16MiB is the least, or any for no bound", text)
	}
	return int64(size), nil
}

func sizeText(size int64) string {
	if size == 0 {
		return "any"
	}
	for _, u := range []struct {
		name  string
		bytes int64
	}{{"GB", 1e9}, {"GiB", 1 << 30}, {"MB", 1e6}, {"MiB", 1 << 20}} {
		if size%u.bytes == 0 {
			return fmt.Sprint(size/u.bytes) + u.name
		}
	}
	return fmt.Sprint(size) + "B"
}

func (p *parsing) age(found *Found, s app.Signal) field {
	return func(n ast.Node) error {
		text, err := p.word(n, "keep: "+string(s))
		if err != nil {
			return err
		}
		age := time.Duration(0)
		if text != "forever" {
			if age, err = parseLength(text, shortestAge, longest); err != nil {
				return p.fault(n, "keep: %s: %v; write an age, such as 30d, or forever", s, err)
			}
		}
		if found.Keep.Age == nil {
			found.Keep.Age = map[app.Signal]time.Duration{}
		}
		found.Keep.Age[s] = age
		return nil
	}
}

func (p *parsing) cadence(found *Found, s app.Signal) field {
	return func(n ast.Node) error {
		text, err := p.word(n, "follow: "+string(s))
		if err != nil {
			return err
		}
		if text == "never" {
			delete(found.Follow, s)
			return nil
		}
		every, err := parseLength(text, quickest, slowest)
		if err != nil {
			return p.fault(n, "follow: %s: %v; write how often, such as 1m, or never", s, err)
		}
		found.Follow[s] = every
		return nil
	}
}

// parseLength reads 90s, 5m, 12h, 30d or 2w, between two bounds.
func parseLength(text string, least, most time.Duration) (time.Duration, error) {
	d, err := duration(text)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is not a length of time", text)
	case d < least:
		return 0, fmt.Errorf("%q is too short, %s is the least", text, lengthText(least))
	case d > most:
		return 0, fmt.Errorf("%q is too long, %s is the most", text, lengthText(most))
	}
	return d, nil
}

// day is no unit of time.ParseDuration, for summer time's sake; here it is 24 hours.
const day = 24 * time.Hour

// duration is time.ParseDuration with whole days and weeks. What a Duration cannot hold becomes the longest.
func duration(text string) (time.Duration, error) {
	unit := day
	number, ok := strings.CutSuffix(text, "d")
	if !ok {
		if number, ok = strings.CutSuffix(text, "w"); !ok {
			return time.ParseDuration(text)
		}
		unit = 7 * day
	}
	n, err := strconv.ParseUint(number, 10, 31)
	if time.Duration(n) > math.MaxInt64/unit {
		return math.MaxInt64, err
	}
	return time.Duration(n) * unit, err
}

// lengthText writes a length in one unit where it can.
func lengthText(d time.Duration) string {
	for _, u := range []struct {
		name   string
		length time.Duration
	}{{"d", day}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}} {
		if d%u.length == 0 {
			return fmt.Sprint(int64(d/u.length)) + u.name
		}
	}
	return d.String()
}

// mask reads on, off, or what to skip.
func (p *parsing) mask(into *app.Masking) field {
	return func(n ast.Node) error {
		if _, ok := n.(ast.MapNode); ok {
			*into = app.Masking{}
			return p.fields(n, "mask", map[string]field{"skip": p.skip(into)})
		}
		text, err := p.word(n, "mask")
		if err != nil {
			return err
		}
		switch text {
		case "on", "true", "yes":
			*into = app.Masking{}
		case "off", "false", "no":
			*into = app.Masking{Off: true}
		default:
			return p.fault(n, "mask: %q is neither on nor off; to leave rules out, write mask: {skip: [card]}", text)
		}
		return nil
	}
}

func (p *parsing) skip(into *app.Masking) field {
	return func(n ast.Node) error {
		rules, ok := n.(ast.ArrayNode)
		if !ok {
			return p.fault(n, "mask: skip is a list of rules, such as [card]")
		}
		for i := rules.ArrayRange(); i.Next(); {
			name, err := p.word(i.Value(), "a rule in mask: skip")
			if err != nil {
				return err
			}
			if err := checkRule(name); err != nil {
				return p.fault(i.Value(), "mask: skip: %v", err)
			}
			if !slices.Contains(into.Skip, name) {
				into.Skip = append(into.Skip, name)
			}
		}
		return nil
	}
}

func checkRule(name string) error {
	if rules := mask.Rules(); !slices.Contains(rules, name) {
		return fmt.Errorf("%q is no rule; there are %s", name, strings.Join(rules, ", "))
	}
	return nil
}

func maskText(m app.Masking) string {
	switch {
	case m.Off:
		return "off"
	case len(m.Skip) > 0:
		return "on, but for " + strings.Join(m.Skip, ", ")
	}
	return "on"
}
