package terminal

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

func TestPlacesOf(t *testing.T) {
	got := PlacesOf([]app.Scope{
		{Account: "111122223333", Region: "eu-west-1", Profile: "shop-prod"},
		{Account: "111122223333", Region: "us-east-1", Profile: "shop-prod"},
		{Account: "444455556666", Region: "eu-west-1", Profile: "shop-data"},
		{Account: "777788889999", Region: "ap-south-1"}, // of the default chain
	})
	want := Places{Profiles: []string{"shop-prod", "shop-data"}, Regions: []string{"eu-west-1", "us-east-1"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
