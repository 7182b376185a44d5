// Package sts asks AWS who the caller is.
package sts

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// API is what the package needs of *sts.Client.
type API interface {
	GetCallerIdentity(context.Context, *sts.GetCallerIdentityInput,
		...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error)
}

// Caller asks about the credentials of one configuration.
type Caller struct{ api API }

// New returns a caller with the credentials and Region of cfg.
func New(cfg aws.Config) *Caller { return On(sts.NewFromConfig(cfg)) }

// On returns a caller on another implementation of the API.
func On(api API) *Caller { return &Caller{api} }

// Who returns the identity behind the credentials (GetCallerIdentity, which needs no permission and costs nothing). Its
// errors are *app.Error; SignedOut says that there are no credentials, or that they are no longer good.
func (c *Caller) Who(ctx context.Context) (app.Identity, error) {
	out, err := c.api.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return app.Identity{}, providers.Fail(app.GetCallerIdentity.Action, err)
	}
	return app.Identity{
		Account: aws.ToString(out.Account),
		ARN:     aws.ToString(out.Arn),
		UserID:  aws.ToString(out.UserId),
	}, nil
}
