import { CONTROL_PREFIX } from "../kernel/own-traffic.ts";
import type { WireResponse } from "../protocol/protocol.ts";
import type { ServedService } from "../service/service.ts";
import { packageVersion } from "./package.ts";

/** What the server says of itself at `/` and `/health`. */
export function aboutAnswer(services: readonly ServedService[]): WireResponse {
  const about = {
    name: "Waystation",
    description: "A local AWS messaging emulator. Point AWS SDKs, CLIs and frameworks at this address.",
    version: packageVersion(),
    status: "ok",
    services: services.map(({ model }) => model.title),
    control: `${CONTROL_PREFIX}health`,
  };
  return { status: 200, headers: { "content-type": "application/json" }, body: `${JSON.stringify(about, null, 2)}\n` };
}
