// Package providers is the way to AWS. It makes configurations whose every HTTP attempt is kept within AWS's rates,
// retried and written into the ledger, and turns what goes wrong into app.Error. The packages below it ask one service
// each; what they offer are app.Source functions.
//
// # How to add a service
//
//  1. Add its operations to app/operation.go: the signing name of the service, the IAM action, the signal, what is
//     billed and what it tells. The policy command, the doctor's order, plans and --deny of the simulator read that table.
//  2. Add a question for each operation to app/question.go and what its answers hold to app.
//  3. Note what AWS bills in assets/prices/SERVICE.yaml and how often it may be called in assets/quotas/SERVICE.yaml,
//     each with its source. If AWS bills something other than requests, count it in record.go (unitsAsked,
//     unitsAnswered).
//  4. Add the SDK's service id to services below, and a name for people to read to app/resource/service.go.
//  5. Write the package: a Source on a small interface of the SDK's client, with a method for each operation that
//     builds the request and hands Pages one call for a page. Errors become app.Error in Fail; a code of AWS's that
//     kindOfCode does not know goes there.
//  6. Let the simulator answer: the wire protocol and the operations in providers/simulator/SERVICE.go, listed in its
//     services function, and what there is to tell in providers/simulator/world.
//  7. Add a case for each operation to providers/conformance: it runs the source through pages, throttling, faults,
//     cancelling and denials.
//  8. Give pull.Sources a field for each question, make the sources in main.go (function sources), and ask them in
//     app/pull: a listing in listing.go, or steps in the file of the signal.
//  9. Give the doctor a check of each operation in views/terminal/doctor.go (tryAll).
//
// TestProvidersCallKnownOperations fails until step 1 is done, TestOperations until steps 3, 4, 6 and 9 are.
package providers

import "cmp"

// services has the names under which AWS signs requests, which the ledger, prices and quotas use, by the SDK's
// service ids. The last three are of the services that the SDK asks for credentials.
var services = map[string]string{
	"CloudWatch":                  "monitoring",
	"CloudWatch Logs":             "logs",
	"XRay":                        "xray",
	"CloudTrail":                  "cloudtrail",
	"STS":                         "sts",
	"Resource Groups Tagging API": "tagging",

	"SSO":      "sso",
	"SSO OIDC": "sso-oauth",
	"signin":   "signin",
}

// serviceOf names a service by the SDK's id; one that the table lacks keeps its id.
func serviceOf(id string) string { return cmp.Or(services[id], id) }
