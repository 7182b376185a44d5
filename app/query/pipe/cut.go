package pipe

import "github.com/nephograph/nephograph/app/query"

// Cut cuts what a person typed as query.Cut does. at is where in the text the commands begin; without any, commands is
// "".
func Cut(text string) (search, commands string, at int) {
	search, commands = query.Cut(text)
	return search, commands, len(text) - len(commands)
}
