package app

// Tagged is a resource with its tags, as AWS tells them. Tags is empty, not nil, for one that had tags once.
type Tagged struct {
	ARN  string            `json:"arn"`
	Tags map[string]string `json:"tags"`
}
