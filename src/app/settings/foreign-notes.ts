import type { Environment } from "./foreign-variables.ts";
import type { Config } from "./settings.ts";

interface NoteDeps {
  readonly config: Pick<Config, "dataDir" | "store">;
  /** Ids of the services that there are. */
  readonly served: readonly string[];
}

/** What a variable of LocalStack asks for that does not come of it here, a sentence each. */
export function foreignNotes(environment: Environment, { config, served }: NoteDeps): readonly string[] {
  return [...servicesNote(environment.SERVICES ?? "", served), ...persistenceNote(environment.PERSISTENCE, config)];
}

/** Names may have ports, `sqs:4576`. A list without any service of ours is somebody else's. */
function servicesNote(text: string, served: readonly string[]): readonly string[] {
  const names = text.split(",").map((name) => name.split(":")[0]?.trim().toLowerCase() ?? "");
  const missing = names.filter((name) => /^[a-z0-9-]+$/.test(name) && !served.includes(name));
  if (missing.length === 0 || missing.length === names.length) return [];
  const list = new Intl.ListFormat("en").format(missing);
  return [
    `SERVICES names ${list}, not served here: AWS_ENDPOINT_URL_${missing[0]?.toUpperCase().replaceAll("-", "_")} sends clients elsewhere`,
  ];
}

function persistenceNote(text: string | undefined, { dataDir, store }: NoteDeps["config"]): readonly string[] {
  const isAskedFor = text === "1" || text?.toLowerCase() === "true";
  if (!isAskedFor || dataDir !== undefined || store !== undefined) return [];
  return ["PERSISTENCE keeps nothing here: WAYSTATION_DATA_DIR names a folder that state is kept in"];
}
