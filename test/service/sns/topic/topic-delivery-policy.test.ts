import { expect, test } from "vitest";
import { aService, invalid } from "../../../support/sns.ts";

// §3.4, §18.2

const DEFAULT_RETRY =
  '"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"}';
const DEFAULT_REQUEST = '"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}';
const KEPT = '"disableSubscriptionOverrides":false';

function aTopic(DeliveryPolicy?: string) {
  const service = aService();
  const TopicArn = service.createTopic("orders", DeliveryPolicy === undefined ? {} : { DeliveryPolicy });
  const set = (AttributeValue: string) => ({ TopicArn, AttributeName: "DeliveryPolicy", AttributeValue });
  return {
    set: (text: string) => service.call("SetTopicAttributes", set(text)),
    failure: (text: string) => service.failure("SetTopicAttributes", set(text)),
    policies: () => {
      const { DeliveryPolicy: own, EffectiveDeliveryPolicy: effective } = service.topicAttributes(TopicArn);
      return [own, effective];
    },
  };
}

test("what is given is kept, and the gaps are filled from the defaults", () => {
  const { policies } = aTopic('{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}');
  const request = '"defaultRequestPolicy":{"headerContentType":"application/json"}';
  expect(policies()).toEqual([`{"http":{${KEPT},${request}}}`, `{"http":{${DEFAULT_RETRY},${KEPT},${request}}}`]);
});

test("to set a policy replaces the whole of it", () => {
  const { set, policies } = aTopic('{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}');
  set('{"http":{"defaultHealthyRetryPolicy":{"numRetries":1,"maxDelayTarget":6,"minDelayTarget":5}}}');
  expect(policies()).toEqual([
    `{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1},${KEPT}}}`,
    `{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},${KEPT},${DEFAULT_REQUEST}}}`,
  ]);
  set('{"http":{"defaultHealthyRetryPolicy":null}}');
  expect(policies()).toEqual([`{"http":{${KEPT}}}`, `{"http":{${DEFAULT_RETRY},${KEPT},${DEFAULT_REQUEST}}}`]);
  set("");
  expect(policies()).toEqual([undefined, `{"http":{${DEFAULT_RETRY},${KEPT},${DEFAULT_REQUEST}}}`]);
});

test("a throttle policy stands between retries and overrides", () => {
  const { policies } = aTopic(
    '{"http":{"disableSubscriptionOverrides":true,"defaultThrottlePolicy":{"maxReceivesPerSecond":1}}}',
  );
  const throttle = '"defaultThrottlePolicy":{"maxReceivesPerSecond":1},"disableSubscriptionOverrides":true';
  expect(policies()).toEqual([`{"http":{${throttle}}}`, `{"http":{${DEFAULT_RETRY},${throttle},${DEFAULT_REQUEST}}}`]);
});

test("members that say nothing are not kept", () => {
  const { policies } = aTopic('{"http":{"defaultThrottlePolicy":{},"defaultRequestPolicy":{}}}');
  expect(policies()[0]).toBe(`{"http":{${KEPT}}}`);
});

const retry = (members: string) => `{"http":{"defaultHealthyRetryPolicy":{${members}}}}`;

test.for([
  '"minDelayTarget":1',
  '"maxDelayTarget":3600',
  '"minDelayTarget":7,"maxDelayTarget":7',
  '"numRetries":0',
  '"numRetries":100',
  '"numRetries":3,"numNoDelayRetries":1,"numMinDelayRetries":1,"numMaxDelayRetries":1',
  '"backoffFunction":"arithmetic"',
  '"backoffFunction":"exponential"',
  '"backoffFunction":"geometric"',
])("retries can be %s", (members) => {
  const { set, policies } = aTopic();
  set(retry(members));
  expect(JSON.parse(policies()[0]!)).toEqual(JSON.parse(`{"http":{"defaultHealthyRetryPolicy":{${members}},${KEPT}}}`));
});

test.for<[policy: string, reason: string]>([
  [
    retry('"minDelayTarget":"5"'),
    "http.defaultHealthyRetryPolicy.minDelayTarget type mismatch, expecting integer, received a string",
  ],
  [
    retry('"numRetries":1.5'),
    "http.defaultHealthyRetryPolicy.numRetries type mismatch, expecting integer, received a number",
  ],
  [
    retry('"numRetries":[]'),
    "http.defaultHealthyRetryPolicy.numRetries type mismatch, expecting integer, received an array",
  ],
  [
    retry('"backoffFunction":{}'),
    "http.defaultHealthyRetryPolicy.backoffFunction type mismatch, expecting string, received an object",
  ],
  [retry('"minDelayTarget":0'), "http.defaultHealthyRetryPolicy.minDelayTarget must be greater than or equal to 1"],
  [retry('"maxDelayTarget":3601'), "http.defaultHealthyRetryPolicy.maxDelayTarget must be less than or equal to 3600"],
  [
    retry('"minDelayTarget":7,"maxDelayTarget":6'),
    "http.defaultHealthyRetryPolicy.maxDelayTarget must be greater than or equal to minDelayTarget",
  ],
  [retry('"numRetries":-1'), "http.defaultHealthyRetryPolicy.numRetries must be greater than or equal to 0"],
  [retry('"numRetries":101'), "http.defaultHealthyRetryPolicy.numRetries must be less than or equal to 100"],
  [
    retry('"numRetries":2,"numNoDelayRetries":1,"numMinDelayRetries":1,"numMaxDelayRetries":1'),
    "http.defaultHealthyRetryPolicy.numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries",
  ],
  [
    retry('"backoffFunction":"cubic"'),
    "http.defaultHealthyRetryPolicy.backoffFunction the value [cubic] is not a valid backoff function",
  ],
  [
    '{"http":{"disableSubscriptionOverrides":"true"}}',
    "http.disableSubscriptionOverrides type mismatch, expecting boolean, received a string",
  ],
  [
    '{"http":{"defaultThrottlePolicy":{"maxReceivesPerSecond":0}}}',
    "http.defaultThrottlePolicy.maxReceivesPerSecond must be >= 1",
  ],
  [
    '{"http":{"defaultRequestPolicy":{"headerContentType":"text/csv"}}}',
    "http.defaultRequestPolicy.headerContentType must be one of [application/json, text/plain]",
  ],
  ['{"healthyRetryPolicy":{"numRetries":1}}', "Unexpected JSON member: healthyRetryPolicy"],
  ['{"http":{"throttlePolicy":null}}', "Unexpected JSON member: throttlePolicy"],
  [retry('"maxRetries":1'), "Unexpected JSON member: maxRetries"],
  ['{"http":{"defaultThrottlePolicy":{"x":1}}}', "Unexpected JSON member: x"],
  ['{"http":{"defaultRequestPolicy":{"x":1}}}', "Unexpected JSON member: x"],
  [
    "{a}",
    "failed to parse JSON. Unexpected character ('a' (code 97)): was expecting double-quote to start field name\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]",
  ],
])("%s is refused", ([policy, reason]) => {
  expect(aTopic().failure(policy)).toEqual(invalid(`DeliveryPolicy: ${reason}`));
});
