import { FunctionDirectory } from "../../src/engine/function/function-directory.ts";
import type { InvokeFunction, QueueEvent } from "../../src/engine/invocation.ts";
import { MappingDirectory } from "../../src/engine/mapping/mapping-directory.ts";
import { AwsError } from "../../src/kernel/aws-error.ts";
import { EventLogs } from "../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { CodeInMemory } from "../../src/service/lambda/code/code-store.ts";
import { createLambdaService } from "../../src/service/lambda/index.ts";
import { ACCOUNT, aCall, aFrozenClock, type CallOptions, REGION, run } from "./service-call.ts";
import { zipOf } from "./zip.ts";

export { ACCOUNT, REGION };

/** Answers of thirty operations are looked at member by member. */
// biome-ignore lint/suspicious/noExplicitAny: tests know better than the compiler what is in them.
type Answer = any;

export const ROLE = `arn:aws:iam::${ACCOUNT}:role/run`;
/** A zip file with a handler in it. */
export const CODE = zipOf([{ name: "index.js", content: "exports.handler = async () => 1;" }]);
/** Another one. */
export const OTHER_CODE = zipOf([{ name: "index.js", content: "exports.handler = async () => 2;" }]);

/** The ARN of a function of the usual account. */
export function arnOf(name: string, account: string = ACCOUNT): string {
  return `arn:aws:lambda:${REGION}:${account}:function:${name}`;
}

/** The ARN of a queue of the usual account. */
export function queueArn(name: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
}

interface LambdaGiven {
  readonly mostCodeBytes?: number;
  readonly invoke?: InvokeFunction;
  readonly queueEvent?: QueueEvent;
}

const missing: InvokeFunction = async () => ({ type: "missing" });
const ignored: QueueEvent = () => ({ requestId: "" });

/** Lambda in memory, with a bucket and a directory that a test fills. */
export function aLambda({ mostCodeBytes, invoke = missing, queueEvent = ignored }: LambdaGiven = {}) {
  const ids = seededIds("lambda");
  const clock = aFrozenClock();
  const objects = new Map<string, Uint8Array>();
  const code = new CodeInMemory(mostCodeBytes);
  const logs = new EventLogs();
  const directory = new FunctionDirectory({
    clockOf: () => clock,
    ids,
    logs,
    releaseCode: (place) => code.release(place),
  });
  const mappings = new MappingDirectory({ clockOf: () => clock, ids, logs });
  /** The queues there are, by ARN, and how long what is received from them stays hidden. */
  const queues = new Map<string, { readonly visibilityTimeoutMs: number }>();
  const streams = new Set<string>();
  const service = createLambdaService({
    directory,
    mappings,
    eventSources: { queue: (arn) => queues.get(arn), hasStream: (arn) => streams.has(arn) },
    ids,
    code,
    invoke,
    queueEvent,
    sources: {
      async object(_scope, { bucket, key }) {
        const bytes = objects.get(`${bucket}/${key}`);
        if (bytes !== undefined) return { bytes };
        return { errorCode: "NoSuchKey", errorMessage: "The specified key does not exist." };
      },
      isDirectory: (path) => path === "/code",
    },
  });
  const call = async (name: string, input: object = {}, options: CallOptions = {}): Promise<Answer> => {
    return run(service, name, input, aCall(options));
  };
  /** Status, name and text of the error that a call is answered with. */
  const failure = async (name: string, input: object, options: CallOptions = {}) => {
    try {
      await call(name, input, options);
    } catch (cause) {
      if (cause instanceof AwsError) return `${cause.status} ${cause.shape}: ${cause.message}`;
      throw cause;
    }
    throw new Error(`${name} is answered`);
  };
  const create = (FunctionName = "f", more: object = {}, options: CallOptions = {}): Promise<Answer> => {
    return call("CreateFunction", { FunctionName, ...aFunction, ...more }, options);
  };
  return { service, directory, mappings, queues, streams, code, clock, logs, objects, call, failure, create };
}

/** What a function is made of. */
export const aFunction = { Role: ROLE, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: CODE } };

/** Errors as `failure` shows them. */
export const invalid = (text: string) => `400 InvalidParameterValueException: ${text}`;
export const notFound = (text: string) => `404 ResourceNotFoundException: ${text}`;
export const noFunction = (arn: string) => notFound(`Function not found: ${arn}`);
export const conflict = (text: string) => `409 ResourceConflictException: ${text}`;
export const violation = (...clauses: readonly string[]) => {
  const head = clauses.length === 1 ? "1 validation error" : `${clauses.length} validation errors`;
  return `400 ValidationException: ${head} detected: ${clauses.join("; ")}`;
};
/** What is wrong with a value. */
export const clause = (value: string, member: string, demand: string) =>
  `Value '${value}' at '${member}' failed to satisfy constraint: ${demand}`;

/** Names the function of `withFunction`. */
export const f = { FunctionName: "f" };
/** How a revision id that is not the present one is refused. */
export const STALE =
  "412 PreconditionFailedException: The Revision Id provided does not match the latest Revision Id. Call the";

/** Lambda with the function `f`. */
export async function withFunction() {
  const lambda = aLambda();
  await lambda.create();
  return lambda;
}
