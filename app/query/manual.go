package query

import _ "embed"

// Manual is the manual of the language: its forms with an example each.
//
//go:embed manual.txt
var Manual string
