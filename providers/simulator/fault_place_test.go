package simulator

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"

	"github.com/nephograph/nephograph/app"
)

// Faults of one place leave the others alone, and end with the next faults of all.
func TestFaultsOfOnePlace(t *testing.T) {
	b := open(t, Faults{})
	elsewhere := app.Scope{Account: shop.Account, Region: "us-west-2"}
	look := func(s app.Scope) string {
		return code(failing(cloudtrail.NewFromConfig(b.config(s)).LookupEvents(t.Context(),
			&cloudtrail.LookupEventsInput{})))
	}
	answer := must[*http.Response](t)(http.Post(b.url+"/simulator/faults?place="+shop.String(), "application/json",
		strings.NewReader(`{"deny": ["cloudtrail:*"]}`)))
	if said := must[[]byte](t)(io.ReadAll(answer.Body)); answer.StatusCode != http.StatusOK {
		t.Fatalf("%s", said)
	}
	if here, there := look(shop), look(elsewhere); here != "AccessDeniedException" || there != "no error" {
		t.Errorf("here %s, elsewhere %s", here, there)
	}
	b.server.SetFaults(Faults{})
	if here := look(shop); here != "no error" {
		t.Errorf("in the end %s", here)
	}
}
