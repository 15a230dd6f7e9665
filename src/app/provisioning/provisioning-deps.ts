import type { Ids } from "../../kernel/ids.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Clocks } from "../../kernel/time/clocks.ts";
import type { Interceptors } from "../../server/intercept.ts";
import type { Logger } from "../../server/log.ts";
import type { ServedService } from "../../service/service.ts";
import type { GivenFunctions } from "../functions/function-options.ts";
import type { Inside } from "../modules/modules.ts";
import type { Config } from "../settings/settings.ts";
import type { ConfigFile } from "./config-file.ts";

/** What is made from files, and of what. */
export interface ProvisioningRoomDeps {
  readonly config: Config;
  /** What the configuration file declares, if there is one. */
  readonly file: ConfigFile | undefined;
  readonly services: readonly ServedService[];
  readonly interceptors: Interceptors;
  readonly inside: Pick<Inside, "queues" | "topics" | "streams" | "functions">;
  /** Functions that a program gives. */
  readonly functions: GivenFunctions | undefined;
  readonly clocks: Clocks;
  /** The machine's time, which scripts live in. */
  readonly clock: Clock;
  /** Given by the command line, which alone runs scripts: once aborted, the one that runs is ended and no other begins. */
  readonly runsScriptsUntil: AbortSignal | undefined;
  readonly ids: Ids;
  readonly log: Logger;
  /** Scheme and authority of this server. */
  readonly origin: () => string;
}
