import { alternate } from "../load/alternate.ts";
import { sending } from "../load/sending.ts";
import { startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

/** What it costs to record what happens: SendMessage with history on against itself with history off. */
export const history: Scenario = {
  name: "history",
  async run(pace) {
    await using base = await startEmulator();
    await using subject = await startEmulator("--history", "on");
    using baseLoad = await sending(base);
    using load = await sending(subject);
    const { ratio, detail } = await alternate(baseLoad, load, pace);
    return [{ what: "SendMessage, history on", value: ratio, unit: "of base", target: { atLeast: 0.85 }, detail }];
  },
};
