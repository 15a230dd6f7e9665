/** What the links of a message start with: its publisher's origin and its topic's region make it. */
export type LinkBase = (origin: string, region: string) => string;

/**
 * Links that lead to where the publisher found the emulator, so that whoever runs beside the publisher can follow them;
 * or to where a template says, in which `{region}` stands for the topic's region.
 */
export function linkBaseOf(template: string | undefined): LinkBase {
  if (template === undefined) return (origin) => origin;
  const base = template.replace(/\/+$/, "");
  return (_origin, region) => base.replaceAll("{region}", region);
}

/** What confirms a subscription when it is visited. AWS: the ARN is not percent-encoded, and there is no Version. */
export function subscribeUrl(base: string, topicArn: string, token: string): string {
  return `${base}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
}

export function unsubscribeUrl(base: string, subscriptionArn: string): string {
  return `${base}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
}
