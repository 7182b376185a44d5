package sts_test

import (
	"context"
	"errors"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"github.com/nephograph/nephograph/app"
	provider "github.com/nephograph/nephograph/providers/sts"
)

type answer func() (*sts.GetCallerIdentityOutput, error)

func (a answer) GetCallerIdentity(context.Context, *sts.GetCallerIdentityInput,
	...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error) {
	return a()
}

func TestWho(t *testing.T) {
	who, err := provider.On(answer(func() (*sts.GetCallerIdentityOutput, error) {
		return &sts.GetCallerIdentityOutput{
			Account: aws.String("111122223333"), Arn: aws.String("arn:aws:iam::111122223333:user/ops"),
			UserId: aws.String("AIDA"),
		}, nil
	})).Who(t.Context())
	want := app.Identity{Account: "111122223333", ARN: "arn:aws:iam::111122223333:user/ops", UserID: "AIDA"}
	if err != nil || who != want {
		t.Errorf("%+v, %v", who, err)
	}
}

func TestWhoSaysThatTheSessionHasEnded(t *testing.T) {
	_, err := provider.On(answer(func() (*sts.GetCallerIdentityOutput, error) {
		return nil, &smithy.GenericAPIError{Code: "ExpiredToken",
			Message: "The security token included in the request is expired"}
	})).Who(t.Context())
	var failed *app.Error
	if !errors.As(err, &failed) || failed.Kind != app.SignedOut || failed.Op != "sts:GetCallerIdentity" {
		t.Errorf("got %v", err)
	}
}
