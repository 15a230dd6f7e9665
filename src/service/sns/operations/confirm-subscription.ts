import { parseArn } from "../../../kernel/arn.ts";
import { required, string, structure } from "../../../model/shape.ts";
import {
  AuthorizationError,
  InvalidParameter,
  invalidParameter,
  resourceErrors,
  subscriptionLimits,
} from "../errors.ts";
import { callerOf, isCallersRegion, snsOperation } from "../operation.ts";

/** What a token looks like: bytes in hex. AWS: 144 today, once fewer. GAP: how many it takes is not known. */
const TOKEN = /^(?:[0-9a-f]{2}){32,}$/;

/** Lets a subscription have messages, in the name of whoever got its token. API_ConfirmSubscription. */
export const confirmSubscription = snsOperation({
  name: "ConfirmSubscription",
  input: structure({
    TopicArn: required(string()),
    Token: required(string()),
    AuthenticateOnUnsubscribe: string(),
  }),
  output: structure({ SubscriptionArn: string() }),
  errors: [...resourceErrors, ...subscriptionLimits],
  handle({ call, topics }, { TopicArn, Token, AuthenticateOnUnsubscribe = "false" }) {
    const arn = parseArn(TopicArn);
    if (arn === undefined || !isCallersRegion(call, arn.region)) throw invalidParameter("Topic");
    if (!TOKEN.test(Token)) throw new InvalidParameter("Invalid token");
    // AWS: the token alone tells which subscription is meant; the topic need not even exist.
    const subscribed = topics.subscriptionByToken(Token);
    if (subscribed === undefined) throw invalidParameter("Token");
    const refusesUnsigned = AuthenticateOnUnsubscribe.toLowerCase() === "true";
    if (refusesUnsigned && !call.isSigned) {
      throw new AuthorizationError({ caller: callerOf(call), action: "ConfirmSubscription", resource: TopicArn });
    }
    // AWS: to confirm twice changes nothing.
    const { topic, subscription } = subscribed;
    if (subscription.state !== "confirmed") {
      topic.confirm(subscription, { isAuthenticated: call.isSigned, refusesUnsigned });
    }
    return { SubscriptionArn: subscription.arn };
  },
});
