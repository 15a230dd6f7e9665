/** What endpoints look like, by protocol. */
const ENDPOINTS: readonly (readonly [RegExp, string])[] = [
  [/^arn:[\w-]+:lambda:/, "lambda"],
  [/^arn:[\w-]+:firehose:/, "firehose"],
  [/^arn:[\w-]+:sns:[^:]*:[^:]*:endpoint\//, "application"],
  [/^https:\/\//i, "https"],
  [/^http:\/\//i, "http"],
  [/^\+\d+$/, "sms"],
  [/^[^@\s/]+@[^@\s/]+$/, "email"],
];

/** The protocol of a subscription that says none, by its endpoint: a queue's, unless it looks like another's. */
export function protocolOf(endpoint: string): string {
  return ENDPOINTS.find(([form]) => form.test(endpoint))?.[1] ?? "sqs";
}
