import type { Queue } from "../../engine/queue/queue.ts";
import type { QueueDirectory } from "../../engine/queue/queue-directory.ts";
import type { Ids } from "../../kernel/ids.ts";
import { NotYet } from "../../kernel/not-yet.ts";
import { present } from "../../kernel/present.ts";
import { callerArn } from "../../kernel/scope.ts";
import { checked } from "../../model/check.ts";
import type { Contract } from "../../model/contract.ts";
import type { Infer, StructureShape } from "../../model/shape.ts";
import type { Call, Operation, OperationDefinition } from "../service.ts";
import { AccessDenied, InvalidAction, InvalidAddress, MissingParameter, QueueDoesNotExist } from "./errors.ts";
import { checkTraceHeader } from "./message/system-attributes.ts";
import { endpointElsewhere, readQueueAddress, scopeOfAddress } from "./queue/queue-address.ts";
import { worded } from "./wording.ts";

/** What the service is given at construction. */
export interface SqsDeps {
  readonly directory: QueueDirectory;
  readonly ids: Ids;
}

/** What an operation works with. */
export interface SqsContext extends SqsDeps {
  readonly call: Call;
}

/** Gives each call its context. */
export function contextsOn({ directory, ids }: SqsDeps): (call: Call) => SqsContext {
  return (call) => ({ call, directory, ids });
}

/** What an operation on a queue works with. */
export interface QueueContext extends SqsContext {
  readonly queue: Queue;
}

export type SqsOperation = Operation<SqsContext>;

interface QueueContract extends Contract {
  /** AWS: not even a policy lets other accounts call it. Developer guide, limitations of custom policies. */
  readonly isOwnersOnly?: boolean;
}

interface ServiceContract extends Contract {
  /** AWS: it is not there for Query clients that send it to a queue's own URL. */
  readonly isAtRootOnly?: boolean;
}

/** An operation that names no queue by its URL. */
export function sqsOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<SqsContext, I, O> & ServiceContract,
): SqsOperation {
  const { name, isAtRootOnly = false } = definition;
  return {
    ...definition,
    run(context, input) {
      if (context.call.traceHeader !== undefined) checkTraceHeader(context.call.traceHeader);
      if (isAtRootOnly && queuePath(context.call) !== undefined) throw new InvalidAction(name);
      return definition.handle(context, check(definition, input));
    },
  };
}

/** An operation on the queue its QueueUrl names. */
export function queueOperation<I extends StructureShape, O extends StructureShape | undefined = undefined>(
  definition: OperationDefinition<QueueContext, I, O> & QueueContract,
): SqsOperation {
  return atQueue(definition, (context, input) => definition.handle(context, check(definition, input)));
}

/** A contract answered by `answer`, once the queue is found; that comes before every other check. */
export function atQueue(
  contract: QueueContract,
  answer: (context: QueueContext, input: unknown) => unknown,
): SqsOperation {
  return {
    ...contract,
    run({ call, directory, ids }, input) {
      if (call.traceHeader !== undefined) checkTraceHeader(call.traceHeader);
      const members = input as { readonly QueueUrl?: string };
      const url = members.QueueUrl ?? addressIn(call, contract.name);
      const queue = queueAt(directory, call, url);
      if (contract.isOwnersOnly) refuseOthers(call, queue, contract.name);
      const complete = members.QueueUrl === undefined ? { ...members, QueueUrl: url } : members;
      return answer({ call, directory, ids, queue }, complete);
    },
  };
}

/** The queue a request without QueueUrl is sent to. AWS: sent elsewhere, Query clients find no such operation there. */
function addressIn(call: Call, operation: string): string {
  if (call.dialect === "json") throw new MissingParameter("QueueUrl");
  const path = queuePath(call);
  if (path === undefined) throw new InvalidAction(operation);
  return path;
}

/** The path of a Query request, if it names a queue; clients of old sent requests to the queue's own URL. */
function queuePath({ dialect, path }: Call): string | undefined {
  if (dialect !== "query") return undefined;
  return readQueueAddress(path) === undefined ? undefined : path;
}

function findQueue(directory: QueueDirectory, call: Call, url: string): Queue {
  if (url === "") throw new MissingParameter("QueueUrl");
  // Observed of SetQueueAttributes. Other texts that name no queue are told to name none.
  if (url.startsWith("arn:")) throw new InvalidAddress(url);
  const address = readQueueAddress(url);
  const queue = address && directory.find(scopeOfAddress(address, call.scope), address.name);
  if (queue !== undefined) return queue;
  // AWS: an endpoint knows no URLs of another region. Here it serves the queues of all regions, but those that there are.
  const elsewhere = endpointElsewhere(url, call.scope.region);
  throw elsewhere === undefined ? new QueueDoesNotExist() : new InvalidAddress(elsewhere);
}

/** The queue a caller means by that text, with nothing due any more. Throws QueueDoesNotExist, InvalidAddress, MissingParameter, NotYet. */
export function queueAt(directory: QueueDirectory, call: Call, url: string): Queue {
  return caughtUp(findQueue(directory, call, url));
}

/** The queue, with nothing due any more. Throws NotYet. */
export function caughtUp(queue: Queue): Queue {
  const { lag } = queue;
  if (lag !== undefined) throw new NotYet(lag);
  return queue;
}

function refuseOthers({ scope }: Call, queue: Queue, operation: string): void {
  if (queue.scope.account === scope.account) return;
  const action = `sqs:${operation.toLowerCase()}`;
  throw new AccessDenied({ callerArn: callerArn(scope), action, resourceArn: queue.arn });
}

/** The input, typed. Throws the error for the first constraint it breaks. */
function check<I extends StructureShape>(
  { name, input: shape }: { readonly name: string; readonly input: I },
  input: unknown,
): Infer<I> {
  return checked(shape, input, ([first]) => worded(present(first, "a violation"), name));
}
