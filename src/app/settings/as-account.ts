import { isAccountId } from "../../kernel/scope.ts";
import { UsageError } from "./config.ts";

/** Refuses what is nobody's account, a mere access key id for one: moving its time would move nothing. */
export function asAccount(text: string): string {
  if (!isAccountId(text)) throw new UsageError(`an account id has 12 digits, not "${text}"`);
  return text;
}
