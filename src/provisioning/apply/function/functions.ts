import type { DeclaredFunction } from "../../world/world.ts";
import type { Plan } from "../plan.ts";
import type { Session } from "../session.ts";
import { planEventSources } from "./event-sources.ts";

interface InvokeConfig {
  readonly DestinationConfig?: { readonly OnSuccess?: Ending; readonly OnFailure?: Ending };
}

interface Ending {
  readonly Destination?: string;
}

/** Plans what has to be done so that the function, its destinations and its event sources are as declared. */
export async function planFunction(session: Session, declared: DeclaredFunction, plan: Plan): Promise<void> {
  const { name, path, deadLetterQueue } = declared;
  const deadLetterArn = deadLetterQueue === undefined ? undefined : session.arn("sqs", deadLetterQueue);
  const { found, make, undo } = await session.placeFunction(declared, deadLetterArn);
  const isNew = found === "missing";
  const subject = `function ${name}`;
  if (found !== "same") {
    plan.add({
      stage: "create",
      subject,
      path,
      run: async () => make(),
      undo: async () => (isNew ? session.call("lambda", "DeleteFunction", { FunctionName: name }) : undo()),
    });
  }
  const endings = await planEndings(session, declared, { plan, isNew });
  const details = found === "other" ? ["code or settings", ...endings] : endings;
  plan.note({
    action: isNew ? "created" : "changed",
    type: "function",
    name,
    ...session.place,
    details: isNew ? [] : details,
  });
  await planEventSources(session, declared, plan);
}

/** Plans where events go that ended, and tells what of it differs. */
async function planEndings(
  session: Session,
  { name: FunctionName, path, onSuccess, onFailure }: DeclaredFunction,
  { plan, isNew }: { readonly plan: Plan; readonly isNew: boolean },
): Promise<readonly string[]> {
  if (onSuccess === undefined && onFailure === undefined) return [];
  const after = { ...endingAt("OnSuccess", onSuccess, session), ...endingAt("OnFailure", onFailure, session) };
  const before = isNew
    ? undefined
    : await session.find<InvokeConfig>("lambda", "GetFunctionEventInvokeConfig", { FunctionName });
  const changed = (["OnSuccess", "OnFailure"] as const).filter(
    (name) => after[name] !== undefined && before?.DestinationConfig?.[name]?.Destination !== after[name].Destination,
  );
  if (changed.length === 0) return [];
  const put = (DestinationConfig: object) =>
    session.call("lambda", "UpdateFunctionEventInvokeConfig", { FunctionName, DestinationConfig });
  plan.add({
    stage: "connect",
    subject: `function ${FunctionName}`,
    path,
    run: () =>
      before === undefined
        ? session.call("lambda", "PutFunctionEventInvokeConfig", { FunctionName, DestinationConfig: after })
        : put({ ...before.DestinationConfig, ...after }),
    undo: () =>
      before === undefined
        ? session.call("lambda", "DeleteFunctionEventInvokeConfig", { FunctionName })
        : put(before.DestinationConfig ?? { OnSuccess: {}, OnFailure: {} }),
  });
  return changed.map((name) => `${name}: ${after[name]?.Destination}`);
}

/** What is not declared stays as it is. */
function endingAt(
  name: "OnSuccess" | "OnFailure",
  receiver: string | undefined,
  session: Session,
): { readonly [Name in typeof name]?: Ending } {
  return receiver === undefined ? {} : { [name]: { Destination: session.arn("sqs", receiver) } };
}
