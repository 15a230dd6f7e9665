#!/bin/sh
# Runs before the service is healthy. The image has no AWS CLI, and needs none for what a URL can say.
set -e
wget -q -O /dev/null "$AWS_ENDPOINT_URL/?Action=CreateQueue&Version=2012-11-05&QueueName=dead-letters"
