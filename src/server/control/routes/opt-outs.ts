import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { controlRoute } from "../contract.ts";
import { account, phoneNumber, region } from "../inputs.ts";

/** Has a phone number get no more text messages of an account and region, as when its owner answers STOP. */
export type OptOut = (number: string, from: { readonly account?: string; readonly region?: string }) => void;

export const optOutsRoute = controlRoute({
  method: "POST",
  path: `${CONTROL_PREFIX}opt-outs`,
  summary: "has a phone number opt out, as STOP does",
  inputs: {
    number: {
      type: "string",
      pattern: "^[+ ]?[1-9]\\d{1,14}$", // E.164, the plus sign at will
      description: "The number is a phone number such as +15551234567.",
    },
    account,
    region,
  },
  required: ["number"],
  handle({ optOut }: { readonly optOut: OptOut }, { number, ...from }) {
    optOut(phoneNumber(number), from);
    return undefined;
  },
});
