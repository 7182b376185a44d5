// Package resources asks the Resource Groups Tagging API for the tags of resources of any service. The methods of
// Source are app.Source functions.
package resources

import (
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// API is what the package needs of *resourcegroupstaggingapi.Client.
type API interface {
	GetResources(context.Context, *resourcegroupstaggingapi.GetResourcesInput,
		...func(*resourcegroupstaggingapi.Options)) (*resourcegroupstaggingapi.GetResourcesOutput, error)
}

// Source asks for tags in one account and Region.
type Source struct{ api API }

// New returns a source on api, such as resourcegroupstaggingapi.NewFromConfig.
func New(api API) *Source { return &Source{api} }

// resourcesAPage is the most that GetResources returns at once.
const resourcesAPage = 100

// Tags lists the resources of these types that are tagged or were so once (GetResources); those that never were, AWS
// does not name. Covers is empty: a listing has no range.
func (s *Source) Tags(ctx context.Context, q app.TagsQuestion) iter.Seq2[app.Page[app.Tagged], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.Tagged], next *string, err error) {
		out, err := s.api.GetResources(ctx, &resourcegroupstaggingapi.GetResourcesInput{
			ResourceTypeFilters: q.Types,
			ResourcesPerPage:    aws.Int32(resourcesAPage),
			PaginationToken:     token,
		})
		if err != nil {
			return page, nil, err
		}
		for _, r := range out.ResourceTagMappingList {
			item := app.Tagged{ARN: aws.ToString(r.ResourceARN), Tags: make(map[string]string, len(r.Tags))}
			for _, t := range r.Tags {
				item.Tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
			}
			page.Items = append(page.Items, item)
		}
		return page, out.PaginationToken, nil
	}
	return providers.Pages(ctx, app.GetResources, call)
}
