import { expect, test } from "vitest";
import { createServices } from "../src/app/modules/services.ts";
import { configFromOptions } from "../src/app/settings/config.ts";
import { systemIds } from "../src/kernel/ids.ts";
import { Clocks } from "../src/kernel/time/clocks.ts";
import { SystemClock } from "../src/kernel/time/system-clock.ts";
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
