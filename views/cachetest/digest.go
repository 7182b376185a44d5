package cachetest

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// digest tells contents apart by all that they hold. JSON would not do: it leaves out when an alarm was seen, the
// profile of a scope and the cause of an error.
func digest(contents []Contents) [sha256.Size]byte {
	return sha256.Sum256(appendValue(make([]byte, 0, 1<<20), reflect.ValueOf(contents)))
}

// appendValue appends a value and what it points to. What may be of any length or kind says so first.
func appendValue(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return append(b, 0)
		}
		return appendValue(append(append(b, 1), v.Elem().Type().String()...), v.Elem())
	case reflect.Slice, reflect.Map:
		return appendItems(b, v)
	case reflect.Struct:
		return appendStruct(b, v)
	case reflect.String:
		return append(binary.AppendVarint(b, int64(v.Len())), v.String()...)
	case reflect.Int, reflect.Int64:
		return binary.AppendVarint(b, v.Int())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Uint8:
		return append(b, byte(v.Uint()))
	case reflect.Float64:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Float()))
	default:
		panic("contents hold a " + v.Type().String())
	}
}

// appendItems appends a slice, or a map with text for keys in their order.
func appendItems(b []byte, v reflect.Value) []byte {
	if v.IsNil() {
		return binary.AppendVarint(b, -1)
	}
	b = binary.AppendVarint(b, int64(v.Len()))
	if v.Kind() == reflect.Slice {
		for i := range v.Len() {
			b = appendValue(b, v.Index(i))
		}
		return b
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	for _, k := range keys {
		b = appendValue(appendValue(b, k), v.MapIndex(k))
	}
	return b
}

func appendStruct(b []byte, v reflect.Value) []byte {
	if v.Type() == reflect.TypeFor[time.Time]() && v.CanInterface() {
		at := v.Interface().(time.Time)
		return binary.AppendVarint(binary.AppendVarint(b, at.Unix()), int64(at.Nanosecond()))
	}
	for i := range v.NumField() {
		b = appendValue(b, v.Field(i))
	}
	return b
}
