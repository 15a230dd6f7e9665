import type { Call } from "../command.ts";

/** Where something is looked for. */
export interface Where {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/**
 * Where a name is to be found: as flags say, or the variables that AWS's own tools go by. URLs and ARNs say it themselves.
 */
export function whereOf({ flags, environment }: Pick<Call, "flags" | "environment">, name: string): Where {
  const said = { account: flags.text("account"), region: flags.text("region") };
  if (/[:/]/.test(name)) return said;
  const { AWS_ACCESS_KEY_ID: key = "", AWS_REGION, AWS_DEFAULT_REGION } = environment;
  return {
    account: said.account ?? (/^\d{12}$/.test(key) ? key : undefined),
    region: said.region ?? (AWS_REGION || AWS_DEFAULT_REGION || undefined),
  };
}
