import { type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import type { MobileEvent } from "./events.ts";
import { PlatformApplication } from "./platform-application.ts";

/** The platform applications of one account and region. Only events change it. */
export class PlatformsState {
  readonly #applications = new Map<string, PlatformApplication>();
  #inOrder = newIndex();

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

  apply(event: MobileEvent): void {
    switch (event.type) {
      case "applicationCreated": {
        const application = new PlatformApplication(event.identity, event.settings);
        this.#applications.set(application.arn, application);
        return this.#inOrder.set(application);
      }
      case "applicationConfigured":
        this.#application(event.arn).settings = event.settings;
        return;
      case "applicationDeleted":
        this.#inOrder.delete(this.#application(event.arn));
        this.#applications.delete(event.arn);
        return;
      case "endpointCreated":
        return this.#application(event.endpoint.applicationArn).put(event.endpoint);
      case "endpointConfigured": {
        const application = this.#application(event.applicationArn);
        const endpoint = present(application.endpoint(event.arn), "an endpoint");
        return application.put({ ...endpoint, settings: event.settings });
      }
      case "endpointDeleted":
        return this.#application(event.applicationArn).remove(event.arn);
      case "applicationsReset":
        this.#applications.clear();
        this.#inOrder = newIndex();
    }
  }

  #application(arn: string): PlatformApplication {
    return present(this.#applications.get(arn), "an application");
  }
}

function newIndex(): OrderedIndex<PlatformApplication> {
  return new OrderedIndex<PlatformApplication>(({ arn }) => arn);
}
