package assets_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
)

// calls are what a pull makes, by the names of the ledger.
var calls = []string{
	"monitoring GetMetricData", "monitoring ListMetrics", "monitoring DescribeAlarms",
	"monitoring DescribeAlarmHistory", "monitoring DescribeAlarmContributors", "monitoring ListAlarmMuteRules",
	"monitoring GetAlarmMuteRule", "monitoring DescribeAnomalyDetectors",
	"logs FilterLogEvents", "logs DescribeLogGroups", "logs StartQuery", "logs GetQueryResults", "logs StopQuery",
	"logs DescribeQueries", "logs DescribeQueryDefinitions", "xray GetTraceSummaries", "xray BatchGetTraces",
	"xray GetServiceGraph",
	"cloudtrail LookupEvents", "tagging GetResources", "sts GetCallerIdentity",
}

func TestEveryCallHasAPriceAndAQuota(t *testing.T) {
	prices, err := assets.Prices()
	if err != nil {
		t.Fatal(err)
	}
	quotas, err := assets.Quotas()
	if err != nil {
		t.Fatal(err)
	}
	sheets, limited := map[string]int{}, map[string]int{}
	for _, s := range prices {
		for _, c := range s.Calls {
			sheets[s.Service+" "+c.Operation]++
		}
	}
	for _, s := range quotas {
		for _, c := range s.Calls {
			limited[s.Service+" "+c.Operation]++
		}
	}
	for _, call := range calls {
		if sheets[call] != 1 || limited[call] != 1 {
			t.Errorf("%s has %d prices and %d quotas", call, sheets[call], limited[call])
		}
	}
	if len(sheets) != len(calls) || len(limited) != len(calls) {
		t.Errorf("%d prices and %d quotas for %d calls", len(sheets), len(limited), len(calls))
	}
}

func TestPricesAreAsNoted(t *testing.T) {
	prices, err := assets.Prices()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		service, operation string
		units              int
		want               app.Money
	}{
		{"monitoring", "GetMetricData", 1000, app.Dollar / 100},
		{"monitoring", "GetMetricData", 1, app.Dollar / 100_000},
		{"monitoring", "ListMetrics", 1000, app.Dollar / 100},
		{"xray", "BatchGetTraces", 1_000_000, app.Dollar / 2},
		{"xray", "GetTraceSummaries", 1, 500},
		{"logs", "FilterLogEvents", 1_000_000, 0},
		{"cloudtrail", "LookupEvents", 1_000_000, 0},
		{"tagging", "GetResources", 1_000_000, 0},
		{"sts", "GetCallerIdentity", 1, 0},
		{"unheard", "Of", 5, 0},
	} {
		if got := prices.Price(test.service, test.operation, "eu-west-1", test.units); got != test.want {
			t.Errorf("%d %s:%s cost %v, want %v", test.units, test.service, test.operation, got, test.want)
		}
	}
}

func TestQuotasAreAsNoted(t *testing.T) {
	quotas, err := assets.Quotas()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		service, operation, region string
		want                       app.Quota
	}{
		{"logs", "FilterLogEvents", "us-east-1", app.Quota{PerSecond: 25, Use: 25}},
		{"logs", "FilterLogEvents", "eu-central-1", app.Quota{PerSecond: 5, Use: 5}},
		{"logs", "FilterLogEvents", "eu-west-1", app.Quota{PerSecond: 10, Use: 10}},
		{"cloudtrail", "LookupEvents", "eu-west-1", app.Quota{PerSecond: 2, Use: 2}},
		{"tagging", "GetResources", "eu-west-1", app.Quota{PerSecond: 15, Use: 15}},
		{"monitoring", "GetMetricData", "eu-west-1", app.Quota{PerSecond: 500, Use: 50}},
		{"xray", "BatchGetTraces", "eu-west-1", app.Quota{Use: 40}},
		{"unheard", "Of", "eu-west-1", app.Quota{Use: app.UnknownQuota}},
	} {
		if got := quotas.Of(test.service, test.operation, test.region); got != test.want {
			t.Errorf("%s:%s in %s: %+v, want %+v", test.service, test.operation, test.region, got, test.want)
		}
	}
}

const (
	head   = "service: logs\ndate: 2026-11-20\nsource: https://example.com/prices\n"
	priced = head + "currency: USD\ncalls:\n"
	limits = head + "calls:\n"
)

func TestAMistakeInASheetIsToldByItsLine(t *testing.T) {
	parsePrices := func(text string) error { _, err := assets.ParsePrices([]byte(text)); return err }
	parseQuotas := func(text string) error { _, err := assets.ParseQuotas([]byte(text)); return err }
	for _, test := range []struct {
		name  string
		parse func(string) error
		text  string
		says  string
	}{
		{"nothing", parsePrices, "", "line 1: the file is empty"},
		{"an unknown field", parsePrices, priced + "  - {operation: A, unit: request, per: 1, prize: \"0\"}\n",
			"line 6: unknown field \"prize\""},
		{"no service", parsePrices, strings.Replace(priced, "service: logs\n", "", 1), "line 1: service is missing"},
		{"no day", parsePrices, strings.Replace(priced, "2026-11-20", "yesterday", 1), "line 2: date is the day"},
		{"no address", parsePrices, strings.Replace(priced, "https://example.com/prices", "hearsay", 1),
			"line 3: source is the address"},
		{"another currency", parsePrices, strings.Replace(priced, "USD", "CNY", 1), "line 4: currency is USD"},
		{"no operation", parsePrices, priced + "  - {unit: request, per: 1, price: \"0\"}\n",
			"line 6: every call names another operation"},
		{"an operation twice", parseQuotas, limits +
			"  - {operation: A, per_second: 1}\n  - {operation: A, per_second: 1}\n",
			"line 6: every call names another operation"},
		{"no unit", parsePrices, priced + "  - {operation: A, per: 1, price: \"0\"}\n", "line 6: A: unit is missing"},
		{"for no units", parsePrices, priced + "  - operation: A\n    unit: request\n    per: 0\n    price: \"0\"\n",
			"line 8: A: per is the number of units"},
		{"a negative price", parsePrices, priced +
			"  - operation: A\n    unit: request\n    per: 1\n    price: \"-1\"\n",
			"line 9: A: price: \"-1\" is not an amount of dollars"},
		{"a Region's price", parsePrices, priced +
			"  - operation: A\n    unit: request\n    per: 1\n    price: \"1\"\n    regions: {us-east-1: free}\n",
			"line 10: A in us-east-1: \"free\" is not an amount"},
		{"too dear", parsePrices, priced + "  - {operation: A, unit: request, per: 1, price: \"1001\"}\n",
			"line 6: A: price: \"1001\" is more than AWS asks"},
		{"no quota", parseQuotas, limits + "  - {operation: A}\n", "line 5: A: per_second is missing"},
		{"no reason", parseQuotas, limits + "  - {operation: A, use: 5}\n",
			"line 5: A: per_second is missing, or use and why"},
		{"no calls at all", parseQuotas, limits + "  - operation: A\n    per_second: 0\n",
			"line 6: A: per_second is a number of calls a second, not 0"},
		{"a Region without calls", parseQuotas,
			limits + "  - operation: A\n    per_second: 1\n    regions: {us-east-1: -1}\n",
			"line 7: A in us-east-1: -1 is no number"},
		{"two documents", parseQuotas, limits + "---\n" + limits, "a second document follows"},
	} {
		if err := test.parse(test.text); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, which does not say %q", test.name, err, test.says)
		}
	}
}

// line is how an error says where.
var line = regexp.MustCompile(`^line \d+: .`)

func FuzzParsePrices(f *testing.F) {
	f.Add([]byte(priced +
		"  - {operation: A, unit: request, per: 1000, price: \"0.01\", regions: {us-east-1: \"0.02\"}}\n"))
	f.Add([]byte("service: [\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		sheet, err := assets.ParsePrices(text)
		if err != nil {
			if !line.MatchString(err.Error()) {
				t.Errorf("where is it? %v", err)
			}
			return
		}
		for _, c := range sheet.Calls {
			list := app.PriceList{sheet}
			one, many := list.Price(sheet.Service, c.Operation, "us-east-1", 1),
				list.Price(sheet.Service, c.Operation, "us-east-1", 1000)
			if one < 0 || many < one {
				t.Errorf("%s: one costs %d, a thousand cost %d", c.Operation, one, many)
			}
		}
	})
}

func FuzzParseQuotas(f *testing.F) {
	f.Add([]byte(limits + "  - {operation: A, per_second: 10, use: 5, regions: {us-east-1: 25}}\n"))
	f.Add([]byte("service: [\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		sheet, err := assets.ParseQuotas(text)
		if err != nil {
			if !line.MatchString(err.Error()) {
				t.Errorf("where is it? %v", err)
			}
			return
		}
		for _, c := range sheet.Calls {
			q := app.QuotaList{sheet}.Of(sheet.Service, c.Operation, "us-east-1")
			if q.Use <= 0 || q.PerSecond > 0 && q.Use > q.PerSecond {
				t.Errorf("%s: %+v", c.Operation, q)
			}
		}
	})
}
