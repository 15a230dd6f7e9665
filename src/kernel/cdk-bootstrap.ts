import type { Scope } from "./scope.ts";

/** What `cdk bootstrap` leaves in an account and region, by which the CDK knows it. AWS: CDK guide, bootstrapping; CDK 2.1148. */

const QUALIFIER = "hnb659fds";

export const BOOTSTRAP_PARAMETER = `/cdk-bootstrap/${QUALIFIER}/version`;
/** Of the template that bootstraps. */
export const BOOTSTRAP_VERSION = "33";

type Place = Pick<Scope, "account" | "region">;

/** `cdk-hnb659fds-assets-000000000000-us-east-1`. */
export function bootstrapName(what: string, { account, region }: Place): string {
  return `cdk-${QUALIFIER}-${what}-${account}-${region}`;
}

/** Whose bucket for assets that is, and where; undefined when it is none. */
export function bootstrapBucketPlace(name: string): Place | undefined {
  const [, account, region] = BUCKET.exec(name) ?? [];
  return account === undefined || region === undefined ? undefined : { account, region };
}

const BUCKET = new RegExp(`^cdk-${QUALIFIER}-assets-(\\d{12})-([a-z0-9-]+)$`);
