// Package providers is the way to AWS. It makes configurations whose every HTTP attempt is kept within AWS's rates,
// retried and written into the ledger, and turns what goes wrong into app.Error. The packages below it ask one service
// each; what they offer are app.Source functions.
package providers

// service is how the console names one AWS service.
type service struct {
	ledger string // in app.Request.Service, price list and quotas
	iam    string // prefix of its IAM actions
}

// services has the SDK's service ids. The ledger uses the names under which AWS signs requests; IAM differs for
// CloudWatch and the tagging API.
var services = map[string]service{
	"CloudWatch":      {"monitoring", "cloudwatch"},
	"CloudWatch Logs": {"logs", "logs"},
	"XRay":            {"xray", "xray"},
	"CloudTrail":      {"cloudtrail", "cloudtrail"},
	"STS":             {"sts", "sts"},
	"SSO":             {"sso", "sso"},
	"SSO OIDC":        {"sso-oauth", "sso-oauth"},
	"signin":          {"signin", "signin"},

	"Resource Groups Tagging API": {"tagging", "tag"},
}

// serviceOf names a service by the SDK's id; one that the table lacks keeps its id.
func serviceOf(id string) service {
	if s, ok := services[id]; ok {
		return s
	}
	return service{id, id}
}
