import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import { headerOf, type WireRequest, type WireResponse } from "../protocol/protocol.ts";
import type { ServedService } from "../service/service.ts";
import { packageVersion } from "./package.ts";

/** What the server says of itself at `/` and `/health`; browsers that come to the former are sent on to the console. */
export function aboutAnswer(services: readonly ServedService[], request: WireRequest): WireResponse {
  if (request.path === "/" && wantsPage(request)) return TO_CONSOLE;
  return inJson(services.map(({ model }) => model.title));
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

function inJson(services: readonly string[]): WireResponse {
  const about = {
    name: "Waystation",
    description: "A local AWS messaging emulator. Point AWS SDKs, CLIs and frameworks at this address.",
    version: packageVersion(),
    status: "ok",
    services,
    control: `${CONTROL_PREFIX}health`,
  };
  return { status: 200, headers: { "content-type": "application/json" }, body: `${JSON.stringify(about, null, 2)}\n` };
}
