// A function in Go, as its author writes it.
package main

import (
	"context"
	"errors"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type event struct {
	Fail bool `json:"fail"`
}

func handler(ctx context.Context, e event) (map[string]any, error) {
	if e.Fail {
		return nil, errors.New("far")
	}
	own, _ := lambdacontext.FromContext(ctx)
	return map[string]any{"requestId": own.AwsRequestID, "arn": own.InvokedFunctionArn, "name": lambdacontext.FunctionName}, nil
}

func main() { lambda.Start(handler) }
