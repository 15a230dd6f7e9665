import { formatArn, parseArn } from "../../kernel/arn.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import { type Scope, scopeKey } from "../../kernel/scope.ts";
import type { PlatformApplication } from "./platform-application.ts";
import type { PlatformEndpoint } from "./platform-endpoint.ts";
import { Platforms, type PlatformsDoors } from "./platforms.ts";

/** What the directory is given at construction. */
export interface MobileDirectoryDoors {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where the events of an account and region go; nowhere unless given. */
  readonly journalOf?: (scope: Scope) => PlatformsDoors["journal"];
}

/** Every platform application and endpoint there is. */
export class MobileDirectory {
  readonly #doors: MobileDirectoryDoors;
  readonly #byScope = new Map<string, Platforms>();

  constructor(doors: MobileDirectoryDoors) {
    this.#doors = doors;
  }

  /** The applications of one account and region. */
  in(scope: Scope): Platforms {
    const key = scopeKey(scope);
    let platforms = this.#byScope.get(key);
    if (platforms === undefined) {
      const { clockOf, ids, journalOf = () => undefined } = this.#doors;
      platforms = new Platforms(scope, { clock: clockOf(scope.account), ids, journal: journalOf(scope) });
      this.#byScope.set(key, platforms);
    }
    return platforms;
  }

  /** The applications among which this resource is. */
  home({ arn }: { readonly arn: string }): Platforms {
    const { partition, region, account } = parseArn(arn)!;
    return this.in({ partition, region, account });
  }

  /** The application of that ARN, or undefined when there is none. */
  application(text: string): PlatformApplication | undefined {
    const arn = parseArn(text);
    return arn && this.#byScope.get(scopeKey(arn))?.find(text);
  }

  /** The endpoint of that ARN, or undefined when there is none. */
  endpoint(text: string): PlatformEndpoint | undefined {
    const arn = parseArn(text);
    const [kind, platform, name] = arn?.resource.split("/") ?? [];
    if (arn === undefined || kind !== "endpoint") return undefined;
    return this.application(formatArn(arn.service, arn, `app/${platform}/${name}`))?.endpoint(text);
  }

  /** Forgets every application, or those of one account. */
  reset(account?: string): void {
    for (const [key, { scope }] of this.#byScope) {
      if (account === undefined || scope.account === account) this.#byScope.delete(key);
    }
  }
}
