package cloudwatch

import (
	"context"
	"iter"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// muteRulesAPage is the most that is asked for at once; the reference names 50 as the default and no limit.
const muteRulesAPage = 50

// MuteRules lists the mute rules without description, schedule, start and alarms, which MuteRule tells
// (ListAlarmMuteRules).
func (s *Source) MuteRules(ctx context.Context, _ app.MuteRulesQuestion) iter.Seq2[app.Page[app.MuteRule], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.MuteRule], next *string, err error) {
		out, err := s.api.ListAlarmMuteRules(ctx, &cloudwatch.ListAlarmMuteRulesInput{
			MaxRecords: aws.Int32(muteRulesAPage),
			NextToken:  token,
		})
		if err != nil {
			return page, nil, err
		}
		for _, r := range out.AlarmMuteRuleSummaries {
			page.Items = append(page.Items, app.MuteRule{
				Scope:   s.scope,
				ARN:     aws.ToString(r.AlarmMuteRuleArn),
				Updated: first(r.LastUpdatedTimestamp),
				Mute: app.Mute{
					Name:   muteRuleName(aws.ToString(r.AlarmMuteRuleArn)),
					Status: app.MuteStatus(r.Status),
					Expire: first(r.ExpireDate),
				},
			})
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.ListAlarmMuteRules, call)
}

// muteRuleName takes the name out of arn:aws:cloudwatch:REGION:ACCOUNT:alarm-mute-rule:NAME, for summaries have none.
func muteRuleName(arn string) string {
	_, name, _ := strings.Cut(arn, ":alarm-mute-rule:")
	return name
}

// MuteRule asks for one mute rule (GetAlarmMuteRule).
func (s *Source) MuteRule(ctx context.Context, q app.MuteRuleQuestion) iter.Seq2[app.Page[app.MuteRule], error] {
	call := func(ctx context.Context, _ *string) (page app.Page[app.MuteRule], next *string, err error) {
		out, err := s.api.GetAlarmMuteRule(ctx,
			&cloudwatch.GetAlarmMuteRuleInput{AlarmMuteRuleName: aws.String(q.Name)})
		if err != nil {
			return page, nil, err
		}
		page.Items = []app.MuteRule{s.muteRule(out)}
		return page, nil, nil
	}
	return providers.Pages(ctx, app.GetAlarmMuteRule, call)
}

func (s *Source) muteRule(out *cloudwatch.GetAlarmMuteRuleOutput) app.MuteRule {
	r := app.MuteRule{
		Scope:   s.scope,
		ARN:     aws.ToString(out.AlarmMuteRuleArn),
		Updated: first(out.LastUpdatedTimestamp),
		Mute: app.Mute{
			Name:        aws.ToString(out.Name),
			Description: aws.ToString(out.Description),
			Status:      app.MuteStatus(out.Status),
			Start:       first(out.StartDate),
			Expire:      first(out.ExpireDate),
		},
	}
	if out.Rule != nil && out.Rule.Schedule != nil {
		at := out.Rule.Schedule
		r.Schedule, r.Length, r.Zone = aws.ToString(at.Expression), aws.ToString(at.Duration), aws.ToString(at.Timezone)
	}
	if out.MuteTargets != nil {
		r.Alarms = some(out.MuteTargets.AlarmNames)
	}
	return r
}
