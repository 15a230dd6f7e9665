import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import { headerOf, type WireRequest, type WireResponse } from "../protocol/protocol.ts";
import type { ServedService } from "../service/service.ts";
import { packageVersion } from "./package.ts";

interface AboutDeps {
  readonly account: string;
  readonly region: string;
  readonly services: readonly ServedService[];
}

/** Who asks, and by which scheme and authority. */
interface Asking {
  readonly request: WireRequest;
  readonly origin: string;
}

/** What the server says of itself at `/` and `/health`: a page to browsers at the former, which is loaded with the first of them. */
export function aboutAnswer(
  { account, region, services }: AboutDeps,
  { request, origin }: Asking,
): WireResponse | Promise<WireResponse> {
  const titles = services.map(({ model }) => model.title);
  if (request.path !== "/" || !wantsPage(request)) return inJson(titles);
  return import("./front-page.ts").then(({ frontPage }) =>
    frontPage({ endpoint: origin, account, region, services: titles }),
  );
}

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
