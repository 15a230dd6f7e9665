import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import { controlRoute } from "./contract.ts";
import { account } from "./inputs.ts";

/** Forgets everything, or everything of one account. */
export type Reset = (account?: string) => void;

export const resetRoute = controlRoute({
  method: "POST",
  path: `${CONTROL_PREFIX}reset`,
  summary: "forgets one account, or everything",
  inputs: { account },
  handle({ reset }: { readonly reset: Reset }, { account: owner }) {
    reset(owner);
    return undefined;
  },
});
