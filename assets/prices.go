package assets

import (
	"fmt"
	"io/fs"

	"github.com/nephograph/nephograph/app"
)

// Prices returns what AWS bills for calls, one file a service, in the order of their file names.
func Prices() (app.PriceList, error) {
	return sheets("prices", ParsePrices)
}

// ParsePrices reads the price sheet of a service. An error names its line.
func ParsePrices(text []byte) (app.PriceSheet, error) {
	s := sheet{text}
	var raw struct {
		Service  string `yaml:"service"`
		Date     string `yaml:"date"`
		Source   string `yaml:"source"`
		Currency string `yaml:"currency"`
		Calls    []struct {
			Operation string            `yaml:"operation"`
			Unit      string            `yaml:"unit"`
			Per       int               `yaml:"per"`
			Price     string            `yaml:"price"`
			Regions   map[string]string `yaml:"regions"`
			Confirmed bool              `yaml:"confirmed"`
		} `yaml:"calls"`
	}
	if err := s.decode(&raw); err != nil {
		return app.PriceSheet{}, err
	}
	if err := (heading{raw.Service, raw.Date, raw.Source}).check(s); err != nil {
		return app.PriceSheet{}, err
	}
	if raw.Currency != "USD" {
		return app.PriceSheet{}, s.fault("$.currency", "currency is USD, in which everything is added up, not %q",
			raw.Currency)
	}
	out := app.PriceSheet{Service: raw.Service, Date: raw.Date, Source: raw.Source}
	seen := map[string]bool{}
	for i, c := range raw.Calls {
		at := fmt.Sprintf("$.calls[%d]", i)
		switch {
		case c.Operation == "" || seen[c.Operation]:
			return app.PriceSheet{}, s.fault(at, "every call names another operation, such as GetMetricData")
		case c.Unit == "":
			return app.PriceSheet{}, s.fault(at, "%s: unit is missing: what is billed, such as request", c.Operation)
		case c.Per < 1:
			return app.PriceSheet{}, s.fault(at+".per", "%s: per is the number of units that the price is for, not %d",
				c.Operation, c.Per)
		}
		seen[c.Operation] = true
		price := app.CallPrice{Operation: c.Operation, Unit: c.Unit, Per: c.Per, Confirmed: c.Confirmed}
		var err error
		if price.Price, err = dollars(c.Price); err != nil {
			return app.PriceSheet{}, s.fault(at+".price", "%s: price: %v", c.Operation, err)
		}
		for region, text := range c.Regions {
			if price.Regions == nil {
				price.Regions = map[string]app.Money{}
			}
			if price.Regions[region], err = dollars(text); err != nil {
				return app.PriceSheet{}, s.fault(at+".regions", "%s in %s: %v", c.Operation, region, err)
			}
		}
		out.Calls = append(out.Calls, price)
	}
	return out, nil
}

// dearest is the most that so many units may cost: above it, a price is a slip of the pen, and the sums would not fit.
const dearest = 1_000 * app.Dollar

func dollars(text string) (app.Money, error) {
	price, err := app.ParseMoney(text)
	if err == nil && price > dearest {
		return 0, fmt.Errorf("%q is more than AWS asks for a call", text)
	}
	return price, err
}

// sheets reads every file of a folder.
func sheets[T any](folder string, parse func([]byte) (T, error)) ([]T, error) {
	paths, err := fs.Glob(files, folder+"/*.yaml")
	if err != nil {
		return nil, err
	}
	all := make([]T, len(paths))
	for i, path := range paths {
		text, err := files.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if all[i], err = parse(text); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return all, nil
}
