package app

import "strings"

// Fold lowers ASCII letters: it keeps every byte in its place.
func Fold(text string) string {
	if !strings.ContainsFunc(text, func(c rune) bool { return 'A' <= c && c <= 'Z' }) {
		return text
	}
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}
