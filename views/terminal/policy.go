package terminal

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/export"
)

// policyVersion is the version of the policy language, not a date of ours (IAM user guide, "Version").
const policyVersion = "2012-10-17"

type policyDocument struct {
	Version   string
	Statement []policyStatement
}

type policyStatement struct {
	Sid      string
	Effect   string
	Action   []string
	Resource string
}

// policy is the command that prints the least IAM policy.
func (c *commandLine) policy() *cobra.Command {
	return &cobra.Command{
		Use: "policy", Short: "The least IAM policy that a pull needs, as JSON", Args: cobra.NoArgs, GroupID: "aws",
		Long:    `The least IAM policy that a pull needs, as JSON to paste into IAM. Every action only reads.`,
		Example: "  nephograph policy > policy.json",
		RunE: c.run(func(context.Context, []string) error {
			var names []string
			for _, o := range app.Operations {
				if o.NeedsPermission() {
					names = append(names, o.Action)
				}
			}
			slices.Sort(names)
			out := json.NewEncoder(export.EscapeJSON(below(c.Out)))
			out.SetIndent("", "  ")
			return out.Encode(policyDocument{policyVersion, []policyStatement{
				{"NephographReads", "Allow", names, "*"},
			}})
		}),
	}
}
