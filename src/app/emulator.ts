import type { Rebuild } from "../fixture/world/worlds.ts";
import { type Ids, systemIds } from "../kernel/ids.ts";
import { lazily } from "../kernel/load/late-package.ts";
import { AccountClock } from "../kernel/time/account-clock.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { Clocks } from "../kernel/time/clocks.ts";
import { SystemClock } from "../kernel/time/system-clock.ts";
import type { Operate } from "../provisioning/operate.ts";
import { withConsole } from "../server/control/console.ts";
import type { OpenControlDeps } from "../server/control/control.ts";
import { withDropIn } from "../server/control/drop-in/drop-in.ts";
import { withHealth } from "../server/control/health.ts";
import { LastAnswers } from "../server/control/last-answers.ts";
import { type Kept, withPoison } from "../server/exchange.ts";
import { createHandler } from "../server/handle.ts";
import { createDispatch, withSigningCertificates } from "../server/http/dispatch.ts";
import { Endpoint } from "../server/http/endpoint.ts";
import { Listener, type ListenerDeps } from "../server/http/listener.ts";
import { HttpDate } from "../server/http/reply.ts";
import { Interceptors } from "../server/intercept.ts";
import type { Logger } from "../server/log.ts";
import type { Store } from "../store/store.ts";
import { Client } from "../testing/client.ts";
import { TestFixture } from "../testing/fixture.ts";
import { aboutAnswer } from "./about.ts";
import { connectionLimit } from "./connection-limit.ts";
import { credentialsFor } from "./credentials.ts";
import { openDurable } from "./durable/open-durable.ts";
import { Standby } from "./durable/standby.ts";
import { dropInDeps } from "./embed/drop-in-deps.ts";
import { createEmbedding, type Embedding } from "./embed/embedding.ts";
import { programConfig } from "./embed/program-config.ts";
import { createFaultRoom } from "./fixture/faults.ts";
import { Fixture as FixtureParts } from "./fixture/fixture.ts";
import { inProcess } from "./fixture/in-process.ts";
import { type GivenFunctions, handlersIn } from "./functions/function-options.ts";
import { lateControl } from "./late-control.ts";
import { frozenLines } from "./log/frozen-line.ts";
import { hintsFor } from "./log/hint/hints.ts";
import { createLogger } from "./log/logger.ts";
import type { messagingModules } from "./modules/modules.ts";
import { createServices } from "./modules/services.ts";
import { createOperate } from "./operate.ts";
import { consoleFolder, packageVersion } from "./package.ts";
import type { ConfigFile } from "./provisioning/config-file.ts";
import { Provisioning } from "./provisioning/provisioning.ts";
import { reachableHost } from "./reachable-host.ts";
import { asAccount } from "./settings/as-account.ts";
import type { Config, settings } from "./settings/settings.ts";
import { write } from "./standard-streams.ts";

/**
 * What can be chosen when the emulator runs inside another program. It takes a free port and logs nothing unless told.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const options = { account: "111111111111", region: "eu-west-1", profile: "aws" };
 * const emulator = await createEmulator(options);
 * const response = await fetch(`${emulator.endpoint}/?Action=CreateQueue&QueueName=jobs`);
 * if (!(await response.text()).includes("/111111111111/jobs")) throw new Error("another account");
 * await emulator.close();
 */
export interface EmulatorOptions extends Partial<Config> {
  /** The time every account's clock follows; the machine's unless given. */
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly logger?: Logger;
  /** Functions that are there from the start, by name: handlers of this process, or what runs them elsewhere. */
  readonly functions?: GivenFunctions;
}

type Fixture = TestFixture<AccountClock, void | Promise<void>>;

/**
 * A running server, with what tests do to it beside AWS's API.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const emulator = await createEmulator();
 * await fetch(`${emulator.endpoint}/?Action=CreateQueue&QueueName=jobs`);
 * emulator.reset();
 * const response = await fetch(`${emulator.endpoint}/?Action=ListQueues`);
 * if ((await response.text()).includes("jobs")) throw new Error("not forgotten");
 * await emulator.close(); // in TypeScript, `await using emulator` does it
 */
export interface Emulator extends Pick<Fixture, keyof Fixture>, Embedding, AsyncDisposable {
  /** What clients are to be given as their endpoint: `http://127.0.0.1:4566`, with TLS `https`. Plain HTTP is served as well. */
  readonly endpoint: string;
  readonly port: number;
  /** Answers whoever still waits, then hangs up on everyone. */
  close(): Promise<void>;
}

/**
 * Starts a server of its own, as many side by side as are wanted. Throws UsageError, Node's error when it cannot listen,
 * and StoreRefusal when state cannot be kept where it is to be.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const emulator = await createEmulator();
 * process.env.AWS_ENDPOINT_URL = emulator.endpoint; // where clients made from now on send their requests
 * await emulator.close();
 */
export async function createEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return startEmulator(options, {});
}

/**
 * The same as `createEmulator`, under the name that reads well where there is more than an emulator around it.
 *
 * @example
 * import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
 * import { startWaystation } from "waystation";
 *
 * const aws = await startWaystation(); // in TypeScript, `await using aws = …` closes it as well
 * const sqs = aws.client(SQSClient);
 * await sqs.send(new ListQueuesCommand({}));
 * await aws.close();
 */
export const startWaystation = createEmulator;

/** Options that only a program can give. */
type ProgramOption = Exclude<keyof EmulatorOptions, keyof Config>;
const PROGRAM_OPTIONS: readonly ProgramOption[] = ["clock", "ids", "logger", "functions"];

/** What the emulator can be given that is not for everyone. */
export interface Internals {
  /** Who has a say between route and operation. */
  readonly interceptors?: Interceptors;
  /** Whether memory that is used again is overwritten in between, so that a copy somebody forgot to make is missed. */
  readonly poisonsReusedMemory?: boolean;
  /** What is served, instead of the usual. */
  readonly modulesOf?: typeof messagingModules;
  /** Opens what state is kept in beyond the end of the process, in the place of a folder that is configured. */
  readonly openStore?: () => Promise<Store>;
  /** What can be chosen: the usual, and what the modules add. */
  readonly settings?: typeof settings;
  /** What the configuration file says, where it has been read already. */
  readonly file?: ConfigFile | undefined;
  /** Where the files of the console lie, when not where the build puts them. */
  readonly consoleFolder?: URL;
  /** Given by the command line, which alone runs people's scripts, until it is told to stop; nor does it stand by for longer. */
  readonly runsScriptsUntil?: AbortSignal;
  /** Hears that another server has taken over what this one kept, so that it can only refuse. */
  readonly superseded?: (cause: Error) => void;
}

/** The same as `createEmulator`, with a hand in what is behind it. */
export async function startEmulator(options: EmulatorOptions, internals: Internals): Promise<Emulator> {
  const { clock = new SystemClock(), ids = systemIds, functions } = options;
  const { config, file } = await programConfig(options, PROGRAM_OPTIONS, internals);
  const credentials = credentialsFor(config, ids);
  const ownLog = createLogger(config, { clock: new SystemClock() });
  const log = options.logger ?? ownLog;
  const clocks = new Clocks(clock);
  const { standstill } = clocks;
  const interceptors = internals.interceptors ?? new Interceptors();
  const operate: Operate = (service, operation, input, place) => operated(service, operation, input, place);
  const shared = { clocks, ids, log, operate, handlers: handlersIn(functions), origin: () => endpoint };
  const services = createServices(config, shared, internals.modulesOf);
  const { inside, logs, pulse } = services;
  const faults = createFaultRoom({ services: services.list, interceptors, ports: services.faults, clocks, ids });
  const reset = (account?: string): void => {
    faults.reset(account);
    services.reset(account);
    fixture.reset(account);
    clocks.forget(account);
    durable?.forgotten(account);
  };
  const rebuild: Rebuild = (account, build) => durable?.rebuild(account, build) ?? build();
  const fixture = new FixtureParts({ config, clocks, logs, pulse, inside, interceptors, reset, rebuild });
  const stopServices = lazily(() => services.close());
  const superseded = (cause: Error): void => {
    clocks.close();
    stopServices().catch(() => {}); // who closes this server is told
    internals.superseded?.(cause);
  };
  const standby = new Standby({ config, credentials, log, until: internals.runsScriptsUntil });
  const keeping = { ...services, clocks, interceptors, log, superseded };
  const durable = await openDurable({ config, standby, openStore: internals.openStore }, keeping);
  const provisioning = new Provisioning({
    ...{ config, file, functions, services: services.list, interceptors, inside, clocks, clock, ids, log },
    runsScriptsUntil: internals.runsScriptsUntil,
    origin: () => endpoint,
  });
  const handler = createHandler({
    services: services.list,
    defaults: config,
    ids,
    log,
    about: (request) => aboutAnswer(services.list, request, provisioning),
    host: config.host,
    interceptors,
    kept: durable?.kept,
    standstill,
    waits: frozenLines(clocks, log),
  });
  const aws = new Endpoint({
    handler: internals.poisonsReusedMemory ? withPoison(handler) : handler,
    clock,
    ids,
    log,
    hint: hintsFor({ ...inside, services: services.list }),
    maxBodyBytes: config.maxBodyBytes,
  });
  const control: OpenControlDeps = {
    version: packageVersion(),
    services: services.list.map(({ model }) => model.id),
    host: config.host,
    requireAccount: config.requireAccount,
    standard: { account: config.account, region: config.region },
    clockOf: (account) => (account === undefined ? clocks.every : clocks.of(account)),
    reset,
    kept: durable?.kept,
    mayChange: durable?.mayChange,
    standstill,
    isStarting: () => provisioning.isStarting,
    ailment: () => durable?.ailment(),
    provisioning: provisioning.control,
    ...services.control,
    ...faults.control,
    ...fixture.control,
  };
  let endpoint = "";
  const operated = createOperate({ services: services.list, interceptors, ids, standstill, origin: () => endpoint });
  const lastAnswers = new LastAnswers(clock);
  const openRoutes = lateControl(control, services.routes, lastAnswers);
  const dispatch = createDispatch(
    withSigningCertificates((request, response) => aws.serve(request, response), services.certificateAt),
    openRoutes,
    log,
  );
  const withPages = withConsole({ host: config.host, folder: internals.consoleFolder ?? consoleFolder }, dispatch);
  const plain: ListenerDeps["plain"] = { date: new HttpDate(clock), aws };
  const listener = new Listener({
    serve: withHealth(
      control,
      withDropIn(dropInDeps(control, config, { ...services, provisioning, clock, ids, log }), withPages),
    ),
    plain: config.httpReader === "own" ? plain : undefined,
    credentials,
    maxConnections: connectionLimit(),
    clock,
    log,
  });
  await fixture.open();
  const begin = async (): Promise<number> => {
    if (config.snapshot !== undefined && durable?.isEmpty !== false) await fixture.restoreFile(config.snapshot);
    return listener.open(config.host, (await standby.end()) ?? config.port);
  };
  const port = await begin().catch(async (cause: unknown) => {
    await standby.end();
    await stopServices();
    await durable?.close();
    throw cause;
  });
  endpoint = `${credentials === undefined ? "http" : "https"}://${reachableHost(config.host)}:${port}`;
  const { end, refuse, ...embedding } = createEmbedding({ config, endpoint, aws });
  const closeOnce = lazily(async () => {
    await provisioning.stop();
    await standstill.passed();
    const lastReport = config.report ? await fixture.reportText() : undefined;
    end();
    fixture.close();
    clocks.close();
    await listener.close(Promise.all([aws.close(), lastAnswers.close()]));
    await stopServices();
    await durable?.close();
    await ownLog.close();
    if (lastReport !== undefined) write(process.stderr, lastReport);
  });
  try {
    await provisioning.start();
  } catch (cause) {
    await closeOnce();
    throw cause;
  }
  const kept: Kept = () => durable?.kept();
  const testing: Fixture = new TestFixture(new Client(inProcess(openRoutes, refuse), undefined), {
    clock: (account) =>
      new AccountClock(clocks, account === undefined ? undefined : asAccount(account), { kept, refuse }),
    reset(account) {
      refuse();
      reset(account === undefined ? undefined : asAccount(account));
      return kept();
    },
  });
  return Object.assign(testing, {
    ...embedding,
    endpoint,
    port,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  });
}
