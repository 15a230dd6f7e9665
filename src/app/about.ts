import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import { headerOf, type WireRequest, type WireResponse } from "../protocol/protocol.ts";
import { serviceStates } from "../server/control/drop-in/drop-in.ts";
import type { ServedService } from "../service/service.ts";
import { packageVersion } from "./package.ts";

/** How far the start has come. */
interface Start {
  /** Whether not everything is there yet that is declared. */
  readonly isDeclaring: boolean;
  /** Whether that is so, or a script has still to run. */
  readonly isStarting: boolean;
}

/**
 * What the server says of itself at `/`, from where browsers are sent on to the console, and at `/health`, which is where LocalStack
 * had its health route at first.
 */
export function aboutAnswer(services: readonly ServedService[], request: WireRequest, start: Start): WireResponse {
  if (request.path === "/health") return inJson(healthOf(services, start));
  return wantsPage(request) ? TO_CONSOLE : inJson({ services: services.map(({ model }) => model.title) });
}

/** What scripts that wait for LocalStack look for, `"sqs": "running"` in the text or `.services.sqs`. */
function healthOf(services: readonly ServedService[], { isDeclaring, isStarting }: Start) {
  const ids = services.map(({ model }) => model.id);
  return {
    ...serviceStates(ids, isDeclaring),
    features: { initScripts: isStarting ? "initializing" : "initialized" },
  };
}

/** The address is relative, so that it holds under whichever name and scheme the server was found. */
const TO_CONSOLE: WireResponse = {
  status: 302,
  headers: { location: CONTROL_PREFIX, vary: "accept", "cache-control": "no-store" },
  body: "",
};

/** Browsers name HTML; what takes anything is no browser. */
function wantsPage(request: WireRequest): boolean {
  return /(?:^|[,\s])text\/html(?:[,;\s]|$)/i.test(headerOf(request, "accept") ?? "");
}

function inJson(more: object): WireResponse {
  const about = {
    name: "Waystation",
    description: "A local AWS messaging emulator. Point AWS SDKs, CLIs and frameworks at this address.",
    version: packageVersion(),
    status: "ok",
    ...more,
    control: `${CONTROL_PREFIX}health`,
  };
  return { status: 200, headers: { "content-type": "application/json" }, body: `${JSON.stringify(about, null, 2)}\n` };
}
