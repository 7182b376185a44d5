package cache

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nephograph/nephograph/app"
)

func TestScopes(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	prod := app.Scope{Account: "444455556666", Region: "eu-west-1", Profile: "shop-prod"}
	data := app.Scope{Account: "111122223333", Region: "us-east-1", Profile: "shop-data"}
	unmet := app.Scope{Account: "111122223333", Region: "eu-west-1"}
	ops := app.Identity{Account: "444455556666", ARN: "arn:aws:iam::444455556666:user/ops", UserID: "AIDA"}
	other := app.Identity{Account: "111122223333", ARN: "arn:aws:iam::111122223333:user/ops", UserID: "AIDB"}
	for range 2 {
		for scope, who := range map[app.Scope]app.Identity{prod: ops, data: other} {
			if err := d.KeepScope(ctx, scope, who); err != nil {
				t.Fatal(err)
			}
		}
	}
	must[int](t)(d.KeepTrail(ctx, []app.TrailEvent{{Scope: unmet, ID: "1", At: epoch}}))
	if diff := cmp.Diff([]app.Scope{unmet, data, prod}, must[[]app.Scope](t)(d.Scopes(ctx))); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]app.Identity{other, ops}, must[[]app.Identity](t)(d.Identities(ctx))); diff != "" {
		t.Error(diff)
	}
	prod.Profile = "" // now by the default chain
	if err := d.KeepScope(ctx, prod, ops); err != nil {
		t.Fatal(err)
	}
	if got := must[[]app.Scope](t)(d.Scopes(ctx)); got[2] != prod {
		t.Errorf("%+v", got)
	}
	// Items come with the place only: a profile is nobody's business but this machine's.
	must[int](t)(d.KeepTrail(ctx, []app.TrailEvent{{Scope: data, ID: "2", At: epoch}}))
	for _, e := range collect(t, d.TrailEvents(ctx, app.TrailQuery{Scopes: []app.Scope{data}})) {
		if e.Scope != data.Place() {
			t.Errorf("%+v", e.Scope)
		}
	}
}
