import { scopeKey } from "../../kernel/scope.ts";
import { inTurns } from "../../kernel/time/in-turns.ts";
import { applyWorld, planWorld } from "../../provisioning/apply/apply.ts";
import { readConfig } from "../../provisioning/config/read-config.ts";
import { inDocument, readDocumentInTurns } from "../../provisioning/document/document.ts";
import { DocumentError } from "../../provisioning/document/part.ts";
import { writeYaml } from "../../provisioning/document/write-yaml.ts";
import { exportWorld } from "../../provisioning/export/export-world.ts";
import type { Place } from "../../provisioning/operate.ts";
import { Refusal } from "../../server/control/contract.ts";
import type { ProvisioningControl } from "../../server/control/provisioning.ts";
import { UsageError } from "../settings/config.ts";
import { applyDepsOf } from "./apply-deps.ts";
import { startingIn } from "./code-directories.ts";
import { type Declaration, placed } from "./declaration.ts";
import type { ProvisioningRoomDeps } from "./provisioning-deps.ts";

/** YAML of more characters would hold up other requests while it is read. */
const LONGEST_YAML = 64 * 1024;

/** Applies and writes documents on behalf of the control routes, one at a time. */
export function createProvisioningControl(deps: ProvisioningRoomDeps): ProvisioningControl {
  const applyDeps = applyDepsOf(deps);
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(() => refusing(task));
    last = turn.catch(() => {});
    return turn;
  };
  return {
    apply: (text, { isDryRun, directory }) =>
      inTurn(async () => {
        const declaration = await readDeclaration(text, directory, applyDeps.nextTurn);
        const { world } = declaration;
        const act = isDryRun ? planWorld : applyWorld;
        const { changes, unchanged } = await placed(declaration, () => act(world, applyDeps));
        const kept =
          world.settings.length > 0 ? ["Settings are read when the server starts; these were left out."] : [];
        return { dryRun: isDryRun, changes: [...changes], unchanged, notes: [...world.notes, ...kept] };
      }),
    export: (format, account) =>
      inTurn(async () => {
        const { world, notes } = await exportWorld(placesIn(deps.inside, account), applyDeps);
        if (format === "json") return `${JSON.stringify(world, null, 2)}\n`;
        const yaml = await inTurns(writeYaml(world), applyDeps.nextTurn);
        return `${notes.map((note) => `# ${note}\n`).join("")}${yaml}`;
      }),
  };
}

async function readDeclaration(
  text: string,
  directory: string | undefined,
  pause: () => Promise<void>,
): Promise<Declaration> {
  if (text.length > LONGEST_YAML && !text.trimStart().startsWith("{")) {
    throw new Refusal(`YAML of more than ${LONGEST_YAML} characters is taken as JSON only.`);
  }
  const document = await readDocumentInTurns("document", text, pause);
  const world = inDocument(document, () => startingIn(directory, readConfig(document.root)));
  return { world, placeOf: document.placeOf };
}

/** Every account and region in which there is something. */
function placesIn(
  { queues, topics, streams, functions }: ProvisioningRoomDeps["inside"],
  account?: string,
): readonly Place[] {
  const scopes = [queues, topics, streams, functions].flatMap((directory) =>
    directory.within({ account }).map(({ scope }) => scope),
  );
  const byKey = new Map(scopes.map((scope) => [scopeKey(scope), scope]));
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, scope]) => scope);
}

async function refusing<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    throw cause instanceof DocumentError || cause instanceof UsageError ? new Refusal(cause.message) : cause;
  }
}
