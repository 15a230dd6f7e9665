import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/collection/by-scope.ts";
import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import { joined, type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { MobileEvent } from "./events.ts";
import type { ApplicationSettings, PlatformApplication } from "./platform-application.ts";
import type { EndpointSettings, PlatformEndpoint } from "./platform-endpoint.ts";
import { PlatformsState } from "./platforms-state.ts";

/** What the platform applications of an account and region are given at construction. */
interface PlatformsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logs: EventLogs;
  readonly kept: Keeping<Platforms>;
}

/** The platform applications of one account and region, and their endpoints. */
export class Platforms {
  readonly scope: Scope;
  readonly #deps: PlatformsDeps;
  readonly #state = new PlatformsState();

  constructor(scope: Scope, deps: PlatformsDeps) {
    this.scope = scope;
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#state.isEmpty;
  }

  /** The applications of that range, by ARN. */
  list(range?: IndexRange): Iterable<PlatformApplication> {
    return this.#state.list(range);
  }

  find(arn: string): PlatformApplication | undefined {
    return this.#state.find(arn);
  }

  /** The ARN of the application of that platform and name, whether it exists or not. */
  arnOf(platform: string, name: string): string {
    return formatArn("sns", this.scope, `app/${platform}/${name}`);
  }

  /** Creates an application; platform and name are free. */
  create(platform: string, name: string, settings: ApplicationSettings): PlatformApplication {
    const at = this.#deps.clock.now();
    const arn = this.arnOf(platform, name);
    this.#record(arn, { type: "applicationCreated", at, identity: { arn, name, platform, createdAt: at }, settings });
    return present(this.#state.find(arn), "an application");
  }

  configure({ arn }: PlatformApplication, settings: ApplicationSettings): void {
    this.#record(arn, { type: "applicationConfigured", at: this.#deps.clock.now(), arn, settings });
  }

  /** Deletes an application and its endpoints. */
  delete({ arn }: PlatformApplication): void {
    this.#record(arn, { type: "applicationDeleted", at: this.#deps.clock.now(), arn });
  }

  /** Creates an endpoint; no other one of the application has the token. */
  createEndpoint(application: PlatformApplication, settings: EndpointSettings): PlatformEndpoint {
    const at = this.#deps.clock.now();
    const { arn: applicationArn, name, platform } = application;
    const arn = formatArn("sns", this.scope, `endpoint/${platform}/${name}/${this.#deps.ids.uuid()}`);
    const endpoint = { arn, applicationArn, platform, createdAt: at, settings };
    this.#record(arn, { type: "endpointCreated", at, endpoint });
    return endpoint;
  }

  configureEndpoint({ applicationArn, arn }: PlatformEndpoint, settings: EndpointSettings): void {
    this.#record(arn, { type: "endpointConfigured", at: this.#deps.clock.now(), applicationArn, arn, settings });
  }

  deleteEndpoint({ applicationArn, arn }: PlatformEndpoint): void {
    this.#record(arn, { type: "endpointDeleted", at: this.#deps.clock.now(), applicationArn, arn });
  }

  /** Forgets everything. */
  reset(): void {
    this.#record(formatArn("sns", this.scope, ""), { type: "applicationsReset", at: this.#deps.clock.now() });
  }

  /** The entries that build the same, whenever they are read. To take them costs a place in a list for each endpoint. */
  taken(): Taken<Entry<MobileEvent>> {
    return joined(Array.from(this.list(), entriesOf));
  }

  /** Applies an event that a log kept. */
  replay(event: MobileEvent): void {
    this.#state.apply(event);
    this.#deps.kept.update(this);
  }

  #record(resource: string, event: MobileEvent): void {
    this.replay(event);
    const log = this.#deps.logs.of(this.scope.account);
    if (log.isHeard) log.append([{ resource, event }]);
  }
}

function entriesOf(application: PlatformApplication): Taken<Entry<MobileEvent>> {
  const { arn, name, platform, createdAt: at, settings: ofApplication } = application;
  const identity = { arn, name, platform, createdAt: at };
  const [endpoints, sharing] = [[...application.endpoints()], [...application.sharingTokens()]];
  return takenAs(function* () {
    yield { resource: arn, event: { type: "applicationCreated", at, identity, settings: ofApplication } };
    for (const endpoint of endpoints) {
      yield { resource: endpoint.arn, event: { type: "endpointCreated", at: endpoint.createdAt, endpoint } };
    }
    for (const { arn: resource, createdAt, settings } of sharing) {
      yield {
        resource,
        event: { type: "endpointConfigured", at: createdAt, applicationArn: arn, arn: resource, settings },
      };
    }
  });
}
