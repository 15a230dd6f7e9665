import type { EmulatorOptions } from "../../src/app/emulator.ts";
import { createServices } from "../../src/app/modules/services.ts";
import { configFromOptions } from "../../src/app/settings/config.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import { silentLogger } from "../../src/server/log.ts";
import type { ServedService } from "../../src/service/service.ts";
import { loadedService } from "./loaded-service.ts";
import { stillTime } from "./queue.ts";
import { aCall, run } from "./service-call.ts";

/** Makes a call and hands out its answer, which is a promise for the few operations that wait. */
type Invoke = <Answer = Readonly<Record<string, string>>>(name: string, input: object) => Answer;

/** All services in memory and loaded, on a time that a test moves for everybody. */
export async function theServices(options: EmulatorOptions = {}) {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const parts = { clocks: new Clocks(clock), ids: seededIds("services"), log: silentLogger };
  const services = createServices(configFromOptions(options), parts);
  const invokeOf = (service: ServedService): Invoke => {
    return <Answer>(name: string, input: object) => run(service, name, input, aCall()) as Answer;
  };
  const loaded = await Promise.all(services.list.slice(0, 3).map(loadedService));
  const [sqs, sns, kinesis] = loaded.map(invokeOf) as [Invoke, Invoke, Invoke];
  const optOutRoute = (await services.routes()).find(({ path }) => path === "/_waystation/opt-outs")!;
  const optOut = (number: string): void => void optOutRoute.handle(undefined, { number }, new AbortController().signal);
  return { clock, sqs, sns, kinesis, optOut, close: () => services.close() };
}

export type TheServices = Awaited<ReturnType<typeof theServices>>;
