package settings

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
)

// Bounds of what can be meant. Below them a unit is missing, or AWS would refuse the rate; above them it is a slip.
const (
	maxCap      = 1_000_000 * app.Dollar // a month
	minSize     = 16 << 20               // bytes; an empty cache with its log takes 5 MB
	minAge      = time.Hour
	maxAge      = 100 * 365 * day
	minInterval = 10 * time.Second
	maxInterval = 30 * day
)

// parseCap reads $5, 5, 4.50 or none.
func parseCap(text string) (app.Money, error) {
	if text == "none" {
		return -1, nil
	}
	limit, err := app.ParseMoney(text)
	if err != nil || limit > maxCap {
		return 0, fmt.Errorf("%q is not an amount a month; write it in US dollars, such as $5, or none", text)
	}
	return limit, nil
}

func capText(m app.Money) string {
	if m < 0 {
		return "none"
	}
	return "$" + strconv.FormatFloat(float64(m)/float64(app.Dollar), 'f', -1, 64)
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
	case size < minSize:
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

// parseAge reads 30d or forever, which is 0.
func parseAge(text string) (time.Duration, error) {
	if text == "forever" {
		return 0, nil
	}
	age, err := parseLength(text, minAge, maxAge)
	if err != nil {
		return 0, fmt.Errorf("%w; write an age, such as 30d, or forever", err)
	}
	return age, nil
}

// parseInterval reads 1m or never, which is 0.
func parseInterval(text string) (time.Duration, error) {
	if text == "never" {
		return 0, nil
	}
	every, err := parseLength(text, minInterval, maxInterval)
	if err != nil {
		return 0, fmt.Errorf("%w; write how often, such as 1m, or never", err)
	}
	return every, nil
}

// parseLength reads 90s, 5m, 12h, 30d or 2w, between two bounds.
func parseLength(text string, least, most time.Duration) (time.Duration, error) {
	d, err := app.ParseLength(text)
	switch {
	case err != nil:
		return 0, err
	case d < least:
		return 0, fmt.Errorf("%q is too short, %s is the least", text, lengthText(least))
	case d > most:
		return 0, fmt.Errorf("%q is too long, %s is the most", text, lengthText(most))
	}
	return d, nil
}

// day is 24 hours.
const day = 24 * time.Hour

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

// parseMask reads on or off.
func parseMask(text string) (app.Masking, error) {
	switch text {
	case "on", "true", "yes":
		return app.Masking{}, nil
	case "off", "false", "no":
		return app.Masking{Off: true}, nil
	}
	return app.Masking{}, fmt.Errorf("%q is neither on nor off; to leave rules out, write mask: {skip: [card]}", text)
}

// parseRule reads the name of a masking rule.
func parseRule(name string) (string, error) {
	if rules := mask.Rules(); !slices.Contains(rules, name) {
		return "", fmt.Errorf("%q is no rule; there are %s", name, strings.Join(rules, ", "))
	}
	return name, nil
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
