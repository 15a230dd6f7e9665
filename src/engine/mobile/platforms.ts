import { formatArn } from "../../kernel/arn.ts";
import type { Keeping } from "../../kernel/by-scope.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Journal } from "../../kernel/journal.ts";
import { type IndexRange, OrderedIndex } from "../../kernel/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { MobileEvent } from "./events.ts";
import { type ApplicationSettings, PlatformApplication } from "./platform-application.ts";
import type { EndpointSettings, PlatformEndpoint } from "./platform-endpoint.ts";

/** What the platform applications of an account and region are given at construction. */
export interface PlatformsDoors {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly journal: Journal<MobileEvent> | undefined;
  readonly kept: Keeping<Platforms>;
}

/** The platform applications of one account and region, and their endpoints. */
export class Platforms {
  readonly scope: Scope;
  readonly #doors: PlatformsDoors;
  readonly #applications = new Map<string, PlatformApplication>();
  readonly #inOrder = new OrderedIndex<PlatformApplication>(({ arn }) => arn);

  constructor(scope: Scope, doors: PlatformsDoors) {
    this.scope = scope;
    this.#doors = doors;
  }

  get isEmpty(): boolean {
    return this.#applications.size === 0;
  }

  /** The applications of that range, by ARN. */
  list(range?: IndexRange): Iterable<PlatformApplication> {
    return this.#inOrder.list(range);
  }

  find(arn: string): PlatformApplication | undefined {
    return this.#applications.get(arn);
  }

  /** The ARN of the application of that platform and name, whether it exists or not. */
  arnOf(platform: string, name: string): string {
    return formatArn("sns", this.scope, `app/${platform}/${name}`);
  }

  /** Creates an application; platform and name are free. */
  create(platform: string, name: string, settings: ApplicationSettings): PlatformApplication {
    const identity = { arn: this.arnOf(platform, name), name, platform, createdAt: this.#doors.clock.now() };
    this.#record({ type: "applicationCreated", identity, settings });
    return present(this.#applications.get(identity.arn), "an application");
  }

  configure({ arn }: PlatformApplication, settings: ApplicationSettings): void {
    this.#record({ type: "applicationConfigured", arn, settings });
  }

  /** Deletes an application and its endpoints. */
  delete({ arn }: PlatformApplication): void {
    this.#record({ type: "applicationDeleted", arn });
  }

  /** Creates an endpoint; no other one of the application has the token. */
  createEndpoint(application: PlatformApplication, settings: EndpointSettings): PlatformEndpoint {
    const { arn: applicationArn, name, platform } = application;
    const arn = formatArn("sns", this.scope, `endpoint/${platform}/${name}/${this.#doors.ids.uuid()}`);
    const endpoint = { arn, applicationArn, platform, createdAt: this.#doors.clock.now(), settings };
    this.#record({ type: "endpointCreated", endpoint });
    return endpoint;
  }

  configureEndpoint({ applicationArn, arn }: PlatformEndpoint, settings: EndpointSettings): void {
    this.#record({ type: "endpointConfigured", applicationArn, arn, settings });
  }

  deleteEndpoint({ applicationArn, arn }: PlatformEndpoint): void {
    this.#record({ type: "endpointDeleted", applicationArn, arn });
  }

  /** Applies an event that a journal kept. */
  replay(event: MobileEvent): void {
    this.#apply(event);
    this.#doors.kept.update(this);
  }

  #record(event: MobileEvent): void {
    this.#apply(event);
    this.#doors.kept.update(this);
    this.#doors.journal?.(event);
  }

  #apply(event: MobileEvent): void {
    switch (event.type) {
      case "applicationCreated": {
        const application = new PlatformApplication(event.identity, event.settings);
        this.#applications.set(application.arn, application);
        return this.#inOrder.set(application);
      }
      case "applicationConfigured":
        present(this.#applications.get(event.arn), "an application").settings = event.settings;
        return;
      case "applicationDeleted":
        this.#inOrder.delete(present(this.#applications.get(event.arn), "an application"));
        this.#applications.delete(event.arn);
        return;
      case "endpointCreated":
        return present(this.#applications.get(event.endpoint.applicationArn), "an application").put(event.endpoint);
      case "endpointConfigured": {
        const application = present(this.#applications.get(event.applicationArn), "an application");
        return application.put({
          ...present(application.endpoint(event.arn), "an endpoint"),
          settings: event.settings,
        });
      }
      case "endpointDeleted":
        return present(this.#applications.get(event.applicationArn), "an application").remove(event.arn);
    }
  }
}
