package app

import (
	"fmt"
	"math"
	"math/bits"
	"regexp"
	"strconv"
	"strings"
)

// PriceList says what AWS asks for calls, one sheet a service (assets/prices). A call that no sheet has costs nothing
// as far as the list knows; a test holds that it has every call that a pull makes.
type PriceList []PriceSheet

// PriceSheet has the prices of one service, as they were noted on a day.
type PriceSheet struct {
	Service string // as in Request: monitoring
	Date    string // when they were noted: 2026-11-20
	Source  string // the address of the page that has them
	Calls   []CallPrice
}

// CallPrice is the price of one operation.
type CallPrice struct {
	Operation string // GetMetricData
	Unit      string // what is billed: a metric, a trace, a request
	Per       int    // units that the price is for, at least 1
	Price     Money  // of that many units; zero is free
	// Regions has the price of that many units where it differs.
	Regions map[string]Money
	// Confirmed says that the price was read at its source, or in a copy of it; otherwise it was taken over from
	// others.
	Confirmed bool
}

// Of returns the price of an operation, and whether the list has it.
func (l PriceList) Of(service, operation string) (CallPrice, bool) {
	for _, s := range l {
		if s.Service != service {
			continue
		}
		for _, c := range s.Calls {
			if c.Operation == operation {
				return c, true
			}
		}
	}
	return CallPrice{}, false
}

// Price returns what so many units of a call cost in a Region beyond the free tier, rounded up to a whole nano dollar.
// It is never negative, and math.MaxInt64 where the price is too large for Money.
func (l PriceList) Price(service, operation, region string, units int) Money {
	c, ok := l.Of(service, operation)
	if !ok || units <= 0 {
		return 0
	}
	price, differs := c.Regions[region]
	if !differs {
		price = c.Price
	}
	per := Money(max(1, c.Per))
	high, low := bits.Mul64(uint64(max(0, price)), uint64(units))
	low, carry := bits.Add64(low, uint64(per-1), 0)
	if high += carry; high >= uint64(per) {
		return math.MaxInt64
	}
	cost, _ := bits.Div64(high, low, uint64(per))
	return Money(min(cost, math.MaxInt64))
}

// moneyForm is an amount of dollars: 5, 0.50, $0.01.
var moneyForm = regexp.MustCompile(`^\$?(\d{1,9})(?:\.(\d{1,9}))?$`)

// ParseMoney reads an amount of dollars, exactly to the nano dollar: 5, 0.50, $0.01. It is not negative.
func ParseMoney(text string) (Money, error) {
	m := moneyForm.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, fmt.Errorf("%q is not an amount of dollars such as 0.50", text)
	}
	whole, _ := strconv.ParseInt(m[1], 10, 64) // at most nine digits
	nano, _ := strconv.ParseInt((m[2] + "000000000")[:9], 10, 64)
	if whole > math.MaxInt64/int64(Dollar)-1 {
		return 0, fmt.Errorf("%q is more than anybody has", text)
	}
	return Money(whole)*Dollar + Money(nano), nil
}
