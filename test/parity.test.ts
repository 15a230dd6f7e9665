import { expect, test } from "vitest";
import { configFromOptions } from "../src/app/config.ts";
import { createServices } from "../src/app/services.ts";
import { Clocks } from "../src/kernel/clocks.ts";
import { systemIds } from "../src/kernel/ids.ts";
import { SystemClock } from "../src/kernel/system-clock.ts";
import { silentLogger } from "../src/server/log.ts";
import { loadedService } from "./support/loaded-service.ts";
import { parityPage } from "./support/parity.ts";

test("docs/parity.md says what the contracts say", async () => {
  const services = createServices(configFromOptions({}), {
    clocks: new Clocks(new SystemClock()),
    ids: systemIds,
    log: silentLogger,
  });
  await expect(parityPage(await Promise.all(services.list.map(loadedService)))).toMatchFileSnapshot(
    "../docs/parity.md",
  );
});
