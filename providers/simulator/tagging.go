package simulator

import (
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// Limits of GetResources (Resource Groups Tagging API reference; the rate is Tag Editor's user guide's, "Service
// quotas").
const (
	resourcePage        = 100 // resources a page, at most
	resourcePageDefault = 50  // and when the request does not say
	fewestTags          = 100 // TagsPerPage
	mostTags            = 500
	resourceFilters     = 100 // types, or ARNs, a request
	tagFilters          = 50
	tagFilterValues     = 20
	resourceRate        = 15 // requests a second
)

// taggingService is the Resource Groups Tagging API, over the one type of resource here that is tagged: alarms.
func taggingService() *service {
	return &service{
		prefix: "tag", signing: "tagging", target: "ResourceGroupsTaggingAPI_20170126", wire: jsonWire{},

		throttled:   refusal{status: 400, code: "ThrottledException", outcome: outcomeThrottled},
		denied:      refusal{status: 400, code: "AccessDeniedException", outcome: outcomeDenied},
		expired:     refusal{status: 400, code: "ExpiredTokenException", outcome: outcomeExpired},
		unsigned:    refusal{status: 400, code: "MissingAuthenticationTokenException"},
		badlySigned: refusal{status: 400, code: "IncompleteSignatureException"},
		broken:      refusal{status: 500, code: "InternalServiceException", outcome: outcomeFailed},
		unknown:     refusal{status: 400, code: "UnknownOperationException"},
		unreadable:  refusal{status: 400, code: "SerializationException"},
		invalid:     refusal{status: 400, code: "InvalidParameterException"},
		badToken: refusal{status: 400, code: "InvalidParameterException",
			message: "The PaginationToken is not valid for this request."},

		operations: []operation{{name: "GetResources", rate: resourceRate, answer: getResources}},
	}
}

type getResourcesInput struct {
	ResourceARNList                                     []string
	ResourceTypeFilters                                 []string
	TagFilters                                          []tagFilter
	ResourcesPerPage                                    *int
	TagsPerPage                                         *int
	PaginationToken                                     string
	ExcludeCompliantResources, IncludeComplianceDetails bool
}

type tagFilter struct {
	Key    string
	Values []string
}

type getResourcesOutput struct {
	PaginationToken        string // empty at the end, but there
	ResourceTagMappingList []resourceTags
}

type resourceTags struct {
	ResourceARN string
	Tags        []tag
}

type tag struct{ Key, Value string }

// getResources lists the resources that are or were tagged. A resource and its tags are never split over two pages.
func getResources(c *call) (any, error) {
	var in getResourcesInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := getResourcesOutput{PaginationToken: t.detour, ResourceTagMappingList: []resourceTags{}}
	if t.detour != "" {
		return out, nil
	}
	tagged, tags := c.place.Tagged(), 0
	for i := int(t.A); i < len(tagged); i++ {
		r := &tagged[i]
		if !in.wants(r) {
			continue
		}
		tags += max(1, len(r.Tags))
		if len(out.ResourceTagMappingList) == size || in.TagsPerPage != nil && tags > *in.TagsPerPage {
			out.PaginationToken = t.next(i, 0)
			break
		}
		out.ResourceTagMappingList = append(out.ResourceTagMappingList, wireTagged(r))
	}
	return out, nil
}

func wireTagged(r *app.Tagged) resourceTags {
	w := resourceTags{ResourceARN: r.ARN, Tags: []tag{}}
	for key, value := range r.Tags {
		w.Tags = append(w.Tags, tag{key, value})
	}
	slices.SortFunc(w.Tags, func(a, b tag) int { return strings.Compare(a.Key, b.Key) })
	return w
}

func (in *getResourcesInput) token() *string { return &in.PaginationToken }

func (in *getResourcesInput) check(c *call) (size int, err error) {
	refuse := c.service.invalid.because
	switch {
	case len(in.ResourceARNList) > 0 && (len(in.ResourceTypeFilters) > 0 || len(in.TagFilters) > 0):
		return 0, refuse("You can't specify ResourceARNList with ResourceTypeFilters or TagFilters in the same request.")
	case len(in.ResourceARNList) > 0 && (in.ResourcesPerPage != nil || in.TagsPerPage != nil ||
		in.PaginationToken != ""):
		return 0, refuse("You can't specify ResourceARNList with ResourcesPerPage, TagsPerPage or PaginationToken in " +
			"the same request.")
	case len(in.ResourceARNList) > resourceFilters || len(in.ResourceTypeFilters) > resourceFilters:
		return 0, refuse("At most %d ARNs or types can be specified.", resourceFilters)
	case in.TagsPerPage != nil && (*in.TagsPerPage < fewestTags || *in.TagsPerPage > mostTags):
		return 0, refuse("TagsPerPage must lie between %d and %d.", fewestTags, mostTags)
	case in.ExcludeCompliantResources && !in.IncludeComplianceDetails:
		return 0, refuse("ExcludeCompliantResources can be true only if IncludeComplianceDetails is.")
	}
	if err := checkTagFilters(c, in.TagFilters); err != nil {
		return 0, err
	}
	switch n := in.ResourcesPerPage; {
	case n == nil && len(in.ResourceARNList) > 0:
		return resourceFilters, nil
	case n == nil:
		return resourcePageDefault, nil
	case *n < 1 || *n > resourcePage:
		return 0, refuse("ResourcesPerPage must lie between 1 and %d.", resourcePage)
	default:
		return *n, nil
	}
}

func checkTagFilters(c *call, filters []tagFilter) error {
	if len(filters) > tagFilters {
		return c.service.invalid.because("At most %d TagFilters can be specified.", tagFilters)
	}
	for _, f := range filters {
		if f.Key == "" || len(f.Values) > tagFilterValues {
			return c.service.invalid.because("A TagFilter has a Key, and at most %d Values.", tagFilterValues)
		}
	}
	return nil
}

// wants reports whether a resource is of a type asked for - a service, or a service and what it calls its resources,
// both as its ARN has them - and meets all of the tag filters.
func (in *getResourcesInput) wants(r *app.Tagged) bool {
	if len(in.ResourceARNList) > 0 {
		return slices.Contains(in.ResourceARNList, r.ARN)
	}
	parts := strings.Split(r.ARN, ":") // arn, partition, service, Region, account, type, ...
	isType := func(t string) bool { return t == parts[2] || t == parts[2]+":"+parts[5] }
	if len(in.ResourceTypeFilters) > 0 && !slices.ContainsFunc(in.ResourceTypeFilters, isType) {
		return false
	}
	return !slices.ContainsFunc(in.TagFilters, func(f tagFilter) bool {
		value, has := r.Tags[f.Key]
		return !has || len(f.Values) > 0 && !slices.Contains(f.Values, value)
	})
}
