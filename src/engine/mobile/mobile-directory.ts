import { formatArn, parseArn } from "../../kernel/arn.ts";
import { ByScope } from "../../kernel/by-scope.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { PlatformApplication } from "./platform-application.ts";
import type { PlatformEndpoint } from "./platform-endpoint.ts";
import { Platforms, type PlatformsDoors } from "./platforms.ts";

/** What the directory is given at construction. */
interface MobileDirectoryDoors {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where the events of an account and region go; nowhere unless given. */
  readonly journalOf?: (scope: Scope) => PlatformsDoors["journal"];
}

/** Every platform application and endpoint there is. */
export class MobileDirectory {
  readonly #byScope: ByScope<Platforms>;

  constructor({ clockOf, ids, journalOf = () => undefined }: MobileDirectoryDoors) {
    this.#byScope = new ByScope((scope) => {
      const clock = clockOf(scope.account);
      return new Platforms(scope, { clock, ids, journal: journalOf(scope), kept: this.#byScope });
    });
  }

  /** The applications of one account and region. */
  in(scope: Scope): Platforms {
    return this.#byScope.in(scope);
  }

  /** The applications among which this resource is. */
  home({ arn }: { readonly arn: string }): Platforms {
    const { partition, region, account } = present(parseArn(arn), "the ARN of an application");
    return this.in({ partition, region, account });
  }

  /** The application of that ARN, or undefined when there is none. */
  application(text: string): PlatformApplication | undefined {
    const arn = parseArn(text);
    return arn && this.#byScope.find(arn)?.find(text);
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
    this.#byScope.reset(account);
  }
}
