// Package locale settles the language before Fyne asks for it.
//
// Fyne reads the locale while its packages are initialised, before main runs, and complains on the error stream about
// "C" and "POSIX", which are no languages: every command would begin with three lines of noise in a container, in CI or
// over ssh. A program cannot run code before its imports, except by their order, which the Go specification fixes since
// Go 1.21 ("Program initialization"): packages are initialised sorted by import path as soon as their own imports are.
// This one imports the standard library alone and sorts before github.com/nicksnyder/go-i18n, which Fyne's lang needs.
package locale

import (
	"cmp"
	"os"
	"strings"
)

// English stands in for the locales that name no language.
const English = "en_US.UTF-8"

// Settled is the locale that the program runs under.
var Settled = settle(os.Getenv, os.Setenv)

// settle puts English where the locale names no language. The variables are asked in the order of POSIX.
func settle(get func(string) string, set func(string, string) error) string {
	said := cmp.Or(get("LC_ALL"), get("LC_MESSAGES"), get("LANG"))
	if name, _, _ := strings.Cut(said, "."); said != "" && name != "C" && name != "POSIX" {
		return said
	}
	if err := set("LC_ALL", English); err != nil {
		return said // Fyne will complain, and do
	}
	return English
}
