import type { ResourceContext } from "./resource-type.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const RANDOM_LENGTH = 12;
const LONGEST = 255;

/** How generated names of a type look. */
interface NameForm {
  readonly maxLength?: number;
  /** What stands behind the random part. */
  readonly suffix?: string;
  readonly isLowerCase?: boolean;
}

/** `<stack>-<logical id>-<random>`; when that is too long the stack's part is cut first, then the logical id. */
export function physicalName(context: ResourceContext, form: NameForm = {}): string {
  const { maxLength = LONGEST, suffix = "", isLowerCase = false } = form;
  const random = randomPart(context);
  const room = maxLength - random.length - suffix.length - 2;
  const logicalId = context.logicalId.slice(0, Math.max(1, room - 1));
  const stack = context.stack.name.slice(0, Math.max(1, room - logicalId.length));
  const name = `${stack}-${logicalId}-${random}`;
  return `${isLowerCase ? name.toLowerCase() : name}${suffix}`;
}

/** Twelve letters and digits. */
export function randomPart({ ids }: Pick<ResourceContext, "ids">): string {
  return Array.from(ids.bytes(RANDOM_LENGTH), (byte) => LETTERS.charAt(byte % LETTERS.length)).join("");
}
