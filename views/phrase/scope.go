package phrase

import "github.com/nephograph/nephograph/app"

// ScopeText says where an item lives: "eu-west-1 · 111122223333".
func ScopeText(s app.Scope) string { return s.Region + " · " + s.Account }
