package simulator

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi/types"
)

func TestGetResources(t *testing.T) {
	b := open(t, Faults{})
	type input = resourcegroupstaggingapi.GetResourcesInput
	by := func(key string, values ...string) []types.TagFilter {
		return []types.TagFilter{{Key: aws.String(key), Values: values}}
	}
	arn := b.server.world.Places[0].Alarms[0].ARN
	for name, c := range map[string]struct {
		in          input
		want, pages int
	}{
		"all":         {input{}, manyTagged, 3},
		"large pages": {input{ResourcesPerPage: aws.Int32(100)}, manyTagged, 2},
		"small pages": {input{ResourcesPerPage: aws.Int32(30)}, manyTagged, 5},
		// two tags each, mostly
		"pages by tags": {input{ResourcesPerPage: aws.Int32(100), TagsPerPage: aws.Int32(100)}, manyTagged,
			3},
		"of a service":             {input{ResourceTypeFilters: []string{"sqs", "cloudwatch"}}, manyTagged, 3},
		"of a type":                {input{ResourceTypeFilters: []string{"cloudwatch:alarm"}}, manyTagged, 3},
		"of another type":          {input{ResourceTypeFilters: []string{"cloudwatch:dashboard"}}, 0, 1},
		"with a tag":               {input{TagFilters: by("stage")}, manyTagged - 1, 3},
		"with a value":             {input{TagFilters: by("team", "team-1", "team-2")}, 50, 1},
		"with two tags":            {input{TagFilters: append(by("team", "team-1"), by("stage", "test")...)}, 0, 1},
		"by ARN, and one that not": {input{ResourceARNList: []string{arn, arn + "not"}}, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			items, pages := 0, 0
			for p := resourcegroupstaggingapi.NewGetResourcesPaginator(b.tagging(), &c.in); p.HasMorePages(); pages++ {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				items += len(out.ResourceTagMappingList)
			}
			if items != c.want || pages != c.pages {
				t.Errorf("%d resources on %d pages, want %d on %d", items, pages, c.want, c.pages)
			}
		})
	}
}

// TestTaggedFields checks that tags arrive as they are, and that a resource which had some once has none.
func TestTaggedFields(t *testing.T) {
	b := open(t, Faults{})
	place := b.server.world.Places[0]
	out := must[*resourcegroupstaggingapi.GetResourcesOutput](t)(b.tagging().GetResources(t.Context(),
		&resourcegroupstaggingapi.GetResourcesInput{}))
	first, bare := out.ResourceTagMappingList[0], out.ResourceTagMappingList[1]
	if *first.ResourceARN != place.Alarms[0].ARN || len(first.Tags) != 2 || *first.Tags[0].Key != "stage" ||
		*first.Tags[0].Value != "prod & <test>" || *first.Tags[1].Value != "team-0" {
		t.Errorf("tags arrived as %+v", first)
	}
	if *bare.ResourceARN != place.Alarms[1].ARN || len(bare.Tags) != 0 {
		t.Errorf("no tags arrived as %+v", bare)
	}
	for _, r := range out.ResourceTagMappingList {
		if *r.ResourceARN == place.Alarms[2].ARN {
			t.Error("what was never tagged is named")
		}
	}
}

// TestTaggingRefusals makes the mistakes that AWS refuses, which say why.
func TestTaggingRefusals(t *testing.T) {
	b := open(t, Faults{})
	type input = resourcegroupstaggingapi.GetResourcesInput
	many := make([]string, 101)
	for name, in := range map[string]input{
		"101 resources a page":  {ResourcesPerPage: aws.Int32(101)},
		"no resources a page":   {ResourcesPerPage: aws.Int32(0)},
		"99 tags a page":        {TagsPerPage: aws.Int32(99)},
		"ARNs and types":        {ResourceARNList: []string{"arn:a"}, ResourceTypeFilters: []string{"sqs"}},
		"ARNs and pages":        {ResourceARNList: []string{"arn:a"}, ResourcesPerPage: aws.Int32(10)},
		"101 types":             {ResourceTypeFilters: many},
		"a filter without key":  {TagFilters: []types.TagFilter{{Values: []string{"a"}}}},
		"21 values":             {TagFilters: []types.TagFilter{{Key: aws.String("a"), Values: many[:21]}}},
		"51 filters":            {TagFilters: make([]types.TagFilter, 51)},
		"compliance of nothing": {ExcludeCompliantResources: aws.Bool(true)},
		"a made-up token":       {PaginationToken: aws.String("AAAA")},
	} {
		err := failing(b.tagging().GetResources(t.Context(), &in))
		if got := code(err); got != "InvalidParameterException" || strings.HasSuffix(err.Error(), ": ") {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	if got := code(failing(b.tagging().GetTagKeys(t.Context(),
		&resourcegroupstaggingapi.GetTagKeysInput{}))); got != "UnknownOperationException" {
		t.Errorf("an unknown call: %s", got)
	}
}
