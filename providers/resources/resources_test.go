package resources_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/types"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/resources"
)

type answer func(*resourcegroupstaggingapi.GetResourcesInput) (*resourcegroupstaggingapi.GetResourcesOutput, error)

func (a answer) GetResources(_ context.Context, in *resourcegroupstaggingapi.GetResourcesInput,
	_ ...func(*resourcegroupstaggingapi.Options)) (*resourcegroupstaggingapi.GetResourcesOutput, error) {
	return a(in)
}

// The last page has an empty token, where other services have none; a page may have fewer items than asked for, or
// none.
func TestTags(t *testing.T) {
	tokens := []string{"one", "two", ""}
	pages := [][]types.ResourceTagMapping{
		{{ResourceARN: aws.String("arn:a"), Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("orders")},
			{Key: aws.String("empty"), Value: aws.String("")}}}},
		nil,
		{{ResourceARN: aws.String("arn:b"), Tags: []types.Tag{}}},
	}
	asked := 0
	api := answer(func(in *resourcegroupstaggingapi.GetResourcesInput) (*resourcegroupstaggingapi.GetResourcesOutput,
		error) {
		before := ""
		if asked > 0 {
			before = tokens[asked-1]
		}
		if !slices.Equal(in.ResourceTypeFilters, []string{"cloudwatch:alarm"}) || *in.ResourcesPerPage != 100 ||
			in.TagsPerPage != nil || aws.ToString(in.PaginationToken) != before {
			t.Errorf("asked %+v", in)
		}
		asked++
		return &resourcegroupstaggingapi.GetResourcesOutput{ResourceTagMappingList: pages[asked-1],
			PaginationToken: &tokens[asked-1]}, nil
	})
	var got []app.Tagged
	for page, err := range resources.New(api).Tags(t.Context(), app.TagsQuestion{Types: []string{"cloudwatch:alarm"}}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, page.Items...)
	}
	want := []app.Tagged{{ARN: "arn:a", Tags: map[string]string{"team": "orders", "empty": ""}},
		{ARN: "arn:b", Tags: map[string]string{}}}
	if d := cmp.Diff(want, got); d != "" || asked != len(pages) {
		t.Errorf("%d requests: %s", asked, d)
	}
}

func TestTagsSayWhatIsDenied(t *testing.T) {
	api := answer(func(*resourcegroupstaggingapi.GetResourcesInput) (*resourcegroupstaggingapi.GetResourcesOutput,
		error) {
		return nil, &smithy.GenericAPIError{Code: "AccessDeniedException",
			Message: "not authorized to perform: tag:GetResources"}
	})
	for _, err := range resources.New(api).Tags(t.Context(), app.TagsQuestion{}) {
		var failed *app.Error
		if !errors.As(err, &failed) || failed.Kind != app.Denied || failed.Op != "tag:GetResources" {
			t.Errorf("got %v", err)
		}
	}
}
