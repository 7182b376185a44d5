package pipe

import (
	"encoding/json"
	"math"
	"net/netip"
	"strings"
	"unicode"
)

// ofText makes a function of one text; what is not there has no value.
func ofText(f func(string) Value) func([]Value) Value {
	return func(a []Value) Value {
		if a[0].absent() {
			return Value{}
		}
		return f(a[0].String())
	}
}

// concat joins the arguments; what is not there adds nothing.
func concat(a []Value) Value {
	var b strings.Builder
	for _, v := range a {
		if !v.absent() {
			b.WriteString(v.String())
		}
	}
	return textOf(b.String())
}

// trimming makes trim, ltrim and rtrim: of white space, or of the characters of the second argument.
func trimming(trim func(s, cutset string) string) func([]Value) Value {
	return func(a []Value) Value {
		if a[0].absent() {
			return Value{}
		}
		cutset := "\t\n\v\f\r \u0085\u00a0"
		if len(a) == 2 {
			cutset = a[1].String()
		}
		return textOf(trim(a[0].String(), cutset))
	}
}

// substr is the part of a text from an index on, counted in characters from 0.
func substr(a []Value) Value {
	from, ok := a[1].Number()
	if a[0].absent() || !ok || from < 0 {
		return Value{}
	}
	letters := []rune(a[0].String())
	first := int(math.Min(from, float64(len(letters))))
	length := float64(len(letters))
	if len(a) == 3 {
		if length, ok = a[2].Number(); !ok || length < 0 {
			return Value{}
		}
	}
	return textOf(string(letters[first : first+int(math.Min(length, float64(len(letters)-first)))]))
}

func replace(a []Value) Value {
	if a[0].absent() || a[1].absent() || a[1].String() == "" {
		return a[0]
	}
	return textOf(strings.ReplaceAll(a[0].String(), a[1].String(), a[2].String()))
}

// contains is strcontains, whose third argument says that case does not matter.
func contains(a []Value) Value {
	if a[0].absent() || a[1].absent() {
		return numberOf(0)
	}
	text, part := a[0].String(), a[1].String()
	if len(a) == 3 && a[2].truth() {
		text, part = strings.Map(unicode.ToLower, text), strings.Map(unicode.ToLower, part)
	}
	return asNumber(strings.Contains(text, part))
}

// affix makes startsWith and endsWith.
func affix(has func(s, part string) bool) func([]Value) Value {
	return func(a []Value) Value {
		return asNumber(!a[0].absent() && !a[1].absent() && has(a[0].String(), a[1].String()))
	}
}

func asNumber(b bool) Value {
	if b {
		return numberOf(1)
	}
	return numberOf(0)
}

// jsonParse is the map or list that a text is in JSON; no value for any other text.
func jsonParse(a []Value) Value {
	text := strings.TrimSpace(a[0].text)
	if !a[0].is(Text) || text == "" || text[0] != '{' && text[0] != '[' || !json.Valid([]byte(text)) {
		return Value{}
	}
	return jsonOf(text)
}

// family tells IPv4 from IPv6.
type family func(netip.Addr) bool

func anyFamily(netip.Addr) bool { return true }
func ipv4(a netip.Addr) bool    { return a.Is4() }
func ipv6(a netip.Addr) bool    { return a.Is6() }

// address makes isValidIp and its like.
func address(f family) func([]Value) Value {
	return func(a []Value) Value {
		ip, err := netip.ParseAddr(a[0].String())
		return boolOf(err == nil && f(ip))
	}
}

// inSubnet makes isIpInSubnet and its like: the second argument is a CIDR block.
func inSubnet(f family) func([]Value) Value {
	return func(a []Value) Value {
		ip, err := netip.ParseAddr(a[0].String())
		block, wrong := netip.ParsePrefix(a[1].String())
		return boolOf(err == nil && wrong == nil && f(ip) && f(block.Addr()) && block.Contains(ip))
	}
}
