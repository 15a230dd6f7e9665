import { formatArn, parseArn, scopeOfArn } from "../../kernel/arn.ts";
import { ByScope } from "../../kernel/collection/by-scope.ts";
import { readAtOnce, type Taken } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { MobileEvent } from "./events.ts";
import type { PlatformApplication } from "./platform-application.ts";
import type { PlatformEndpoint } from "./platform-endpoint.ts";
import { Platforms } from "./platforms.ts";

/** What the directory is given at construction. */
interface MobileDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
}

/** Every platform application and endpoint there is. */
export class MobileDirectory {
  readonly #byScope: ByScope<Platforms>;

  constructor({ clockOf, ids, logs = new EventLogs() }: MobileDirectoryDeps) {
    this.#byScope = new ByScope((scope) => {
      const clock = clockOf(scope.account);
      return new Platforms(scope, { clock, ids, logs, kept: this.#byScope });
    }, clockOf);
  }

  /** The applications of one account and region. */
  in(scope: Scope): Platforms {
    return this.#byScope.in(scope);
  }

  /** The applications among which this resource is. */
  home({ arn }: { readonly arn: string }): Platforms {
    return this.in(scopeOfArn(arn));
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

  /** The entries that build everything as it is now, or what is of one account; to be read to the end at once. */
  *entries(account?: string): Generator<Entry<MobileEvent>, void, void> {
    for (const entries of this.taken(account)) yield* readAtOnce(entries);
  }

  /** The same, as it is when it is taken, whenever it is read. */
  *taken(account?: string): Generator<Taken<Entry<MobileEvent>>, void, void> {
    for (const platforms of this.#byScope.within({ account })) yield platforms.taken();
  }

  /** Applies an entry that a log kept. */
  replay({ resource, event }: Entry<MobileEvent>): void {
    this.in(scopeOfArn(resource)).replay(event);
  }

  /** Forgets every application, or those of one account. */
  reset(account?: string): void {
    for (const platforms of this.#byScope.reset(account)) platforms.reset();
  }
}
