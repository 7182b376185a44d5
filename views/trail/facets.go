package trail

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/explore"
)

const hour = time.Hour

// fieldNames are the fields of a trail event that a query can name.
var fieldNames = []string{"name", "kind", "who", "by", "role", "session", "service", "resource", "category", "error",
	"ip",
	"agent", "account", "region", "key", "id", "mfa"}

// The kinds of event.
const (
	kindChange = "change"
	kindRead   = "read"
	kindDenied = "denied" // for want of a permission
	kindFailed = "failed" // for another reason
	kindOther  = "other"  // such as a sign-in
)

func kindOf(e app.TrailEvent) string {
	switch {
	case e.Denied():
		return kindDenied
	case e.ErrorCode != "":
		return kindFailed
	case e.Change():
		return kindChange
	case e.ReadOnly:
		return kindRead
	}
	return kindOther
}

// byWhom tells people, AWS services and roles apart.
func byWhom(p app.Principal) string {
	switch {
	case p.Person():
		return "person"
	case p.InvokedBy != "" || p.Type == "AWSService":
		return "service"
	}
	return "role"
}

// eventFields is a trail event as a query looks at it.
type eventFields struct{ e app.TrailEvent }

// Values returns the values of a field of fieldNames.
func (f eventFields) Values(field string) []string {
	e := f.e
	switch field {
	case "name":
		return []string{e.Name}
	case "kind":
		return []string{kindOf(e)}
	case "who":
		return []string{e.Principal.Name()}
	case "by":
		return []string{byWhom(e.Principal)}
	case "role":
		return some(e.Principal.User)
	case "session":
		return some(e.Principal.Session)
	case "service":
		return []string{e.Service()}
	case "resource":
		return resourceNames(e)
	case "category":
		return []string{e.Touches().String()}
	case "error":
		return some(e.ErrorCode)
	case "ip":
		return some(e.SourceIP)
	case "agent":
		return some(e.UserAgent)
	case "account":
		return []string{e.Account}
	case "region":
		return []string{e.Region}
	case "key":
		return some(e.Principal.AccessKey)
	case "id":
		return []string{e.ID}
	case "mfa":
		if e.Principal.MFA {
			return []string{"yes"}
		}
		return []string{"no"}
	}
	return nil
}

func some(value string) []string {
	if value == "" {
		return nil
	}
	return []string{value}
}

// resourceNames are the names of what an event concerns, each as AWS writes it and as a person says it.
func resourceNames(e app.TrailEvent) (names []string) {
	for _, r := range e.Resources {
		names = append(names, r.Name)
		if short := resource.OfTrail(r).Short; short != r.Name {
			names = append(names, short)
		}
	}
	return names
}

// Text is what words are looked for in: the record as CloudTrail wrote it, or where that is not kept what was read of
// it.
func (f eventFields) Text() string {
	if len(f.e.Raw) > 0 {
		return string(f.e.Raw) + "\n" + resource.Title(f.e)
	}
	return strings.Join([]string{f.e.Name, f.e.Source, f.e.Principal.Name(), f.e.ErrorCode, f.e.ErrorMessage,
		resource.Title(f.e),
		f.e.SourceIP, f.e.UserAgent, strings.Join(resourceNames(f.e), "\n")}, "\n")
}

// facetFields are the fields that become facets.
var facetFields = []explore.FacetField{
	{Title: "Kind", Field: "kind", Always: true}, {Title: "By", Field: "by"}, {Title: "Event", Field: "name"},
	{Title: "Who", Field: "who"}, {Title: "Service", Field: "service"}, {Title: "Resource", Field: "resource"},
	{Title: "Error", Field: "error"}, {Title: "Category", Field: "category"}, {Title: "Region", Field: "region"},
	{Title: "Account", Field: "account"},
}

// counted returns the values that facets count: of resources the name that a person says.
func (f eventFields) counted(field string) []string {
	if field != "resource" {
		return f.Values(field)
	}
	var names []string
	for _, r := range f.e.Resources {
		if short := resource.OfTrail(r).Short; !slices.Contains(names, short) {
			names = append(names, short)
		}
	}
	return names
}
