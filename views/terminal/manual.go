package terminal

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app/query"
)

// manual is the topic of help that has the language of queries: nephograph help query.
func manual() *cobra.Command {
	return &cobra.Command{Use: "query", Short: "The language of queries, which search, patterns and the window read",
		Long: strings.TrimSpace(query.Manual)}
}
