package world

import (
	"cmp"
	"fmt"
	"strconv"
)

// value fills a placeholder.
func (t *trip) value(me frame, name string) string {
	switch name {
	case "trace":
		return string(t.id)
	case "w3c":
		return t.id.W3C()
	case "span":
		return me.span
	case "request":
		return me.request
	case "entry":
		return t.entry
	case "integration":
		return cmp.Or(t.inner, "-")
	case "call":
		return me.call
	case "retries":
		return strconv.Itoa(me.retries)
	case "status":
		return strconv.Itoa(me.status)
	case "ms":
		return strconv.FormatInt(me.now.Sub(me.started).Milliseconds(), 10)
	case "seconds":
		return strconv.FormatFloat(me.now.Sub(me.started).Seconds(), 'f', 3, 64)
	case "account":
		return t.place.Scope.Account
	case "region":
		return t.place.Scope.Region
	case "error", "exception":
		return reported(me.failed, name)
	}
	if v, ok := t.trade(name); ok {
		return v
	}
	return t.clockOrChance(me, name)
}

// reported returns the type or the message of what went wrong.
func reported(f *Failure, name string) string {
	switch {
	case f == nil || f.Exception == nil:
		return "none"
	case name == "exception":
		return f.Exception.Type
	}
	return f.Exception.Message
}

// agents are the user agents of customers.
var agents = [...]string{
	"Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 " +
		"Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
	"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
	"ShopApp/7.14.2 (Android 16; Pixel 9)",
}

// trade fills what concerns the shop; within one run it stays the same.
func (t *trip) trade(name string) (string, bool) {
	n := t.order
	switch name {
	case "order":
		return fmt.Sprintf("ord-%07d", n), true
	case "customer":
		return fmt.Sprintf("cus-%05d", n%40_000), true
	case "cart":
		return fmt.Sprintf("cart-%06x", n), true
	case "sku":
		return fmt.Sprintf("SKU-%04d", n%4_000), true
	case "items":
		return strconv.Itoa(1 + n%7), true
	case "amount":
		return strconv.FormatFloat(float64(500+n%24_000)/100, 'f', -1, 64), true
	case "ip":
		return t.ip, true
	case "agent":
		return agents[n%len(agents)], true
	}
	return "", false
}

// clockOrChance fills times, and what differs each time.
func (t *trip) clockOrChance(me frame, name string) string {
	switch name {
	case "time":
		return me.now.Format("2006-01-02T15:04:05.000Z")
	case "javatime":
		return me.now.Format("2006-01-02 15:04:05,000")
	case "pgtime":
		return me.now.Format("2006-01-02 15:04:05 UTC")
	case "date":
		return me.now.Format("2006-01-02")
	case "epoch":
		return strconv.FormatInt(me.now.UnixMilli(), 10)
	case "pid":
		return strconv.Itoa(400 + t.IntN(29_000))
	case "port":
		return strconv.Itoa(32_768 + t.IntN(28_000))
	case "hex":
		return t.hex(8)
	case "uuid":
		return t.uuid()
	case "number":
		return strconv.Itoa(1 + t.IntN(999))
	case "thread":
		return strconv.Itoa(me.thread)
	case "memory":
		return strconv.Itoa(180 + t.IntN(240))
	}
	return ""
}
