package assets

import (
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// Quotas returns how often AWS lets calls be made, one file a service, in the order of their file names.
func Quotas() (app.QuotaList, error) {
	return sheets("quotas", ParseQuotas)
}

// ParseQuotas reads the quotas of a service. An error names its line.
func ParseQuotas(text []byte) (app.QuotaSheet, error) {
	s := sheet{text}
	var raw struct {
		Service string `yaml:"service"`
		Date    string `yaml:"date"`
		Source  string `yaml:"source"`
		Calls   []struct {
			Operation string             `yaml:"operation"`
			PerSecond *float64           `yaml:"per_second"`
			Use       *float64           `yaml:"use"`
			Why       string             `yaml:"why"`
			Regions   map[string]float64 `yaml:"regions"`
		} `yaml:"calls"`
	}
	if err := s.decode(&raw); err != nil {
		return app.QuotaSheet{}, err
	}
	if err := (heading{raw.Service, raw.Date, raw.Source}).check(s); err != nil {
		return app.QuotaSheet{}, err
	}
	out := app.QuotaSheet{Service: raw.Service, Date: raw.Date, Source: raw.Source}
	seen := map[string]bool{}
	for i, c := range raw.Calls {
		at := fmt.Sprintf("$.calls[%d]", i)
		if c.Operation == "" || seen[c.Operation] {
			return app.QuotaSheet{}, s.fault(at, "every call names another operation, such as GetMetricData")
		}
		seen[c.Operation] = true
		if c.PerSecond == nil && (c.Use == nil || c.Why == "") {
			return app.QuotaSheet{}, s.fault(at,
				"%s: per_second is missing, or use and why where AWS publishes none", c.Operation)
		}
		quota := app.CallQuota{Operation: c.Operation, Regions: c.Regions, Why: c.Why}
		for name, rate := range map[string]*float64{"per_second": c.PerSecond, "use": c.Use} {
			if rate != nil && !isRate(*rate) {
				return app.QuotaSheet{}, s.fault(at+"."+name, "%s: %s is a number of calls a second, not %v",
					c.Operation, name, *rate)
			}
		}
		if c.PerSecond != nil {
			quota.PerSecond = *c.PerSecond
		}
		if c.Use != nil {
			quota.Use = *c.Use
		}
		for region, rate := range c.Regions {
			if !isRate(rate) {
				return app.QuotaSheet{}, s.fault(at+".regions", "%s in %s: %v is no number of calls a second",
					c.Operation, region, rate)
			}
		}
		out.Calls = append(out.Calls, quota)
	}
	return out, nil
}

// isRate reports whether AWS could mean so many calls a second: one in a quarter of an hour, or ten thousand.
func isRate(perSecond float64) bool { return perSecond >= 0.001 && perSecond <= 10_000 }
