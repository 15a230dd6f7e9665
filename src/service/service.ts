import { type AwsError, awsError } from "../kernel/aws-error.ts";
import type { AbortNotice } from "../kernel/event/abort-notice.ts";
import type { Deferred } from "../kernel/event/deferred.ts";
import type { Scope } from "../kernel/scope.ts";
import type { Contract, ServiceModel } from "../model/contract.ts";
import type { Infer, StructureShape } from "../model/shape.ts";

/** The request an operation answers, as far as behaviour may depend on it. */
export interface Call {
  readonly requestId: string;
  /** Account and region of the caller. */
  readonly scope: Scope;
  /** Which family of formats the caller speaks; a few behaviours differ between them. */
  readonly dialect: "json" | "query";
  /** Scheme and authority the caller used, for URLs in answers: `http://localhost:4566`. */
  readonly origin: string;
  /** ARN of the stack for one of whose resources the call is made. */
  readonly stackId?: string | undefined;
  /** Path of the request, percent-encoded. */
  readonly path: string;
  /** Whether the request carries a signature; nobody verifies it. */
  readonly isSigned: boolean;
  /** Whether the request says which region it calls, by its signature or by its host. */
  readonly namesRegion: boolean;
  /** The header that AWS X-Ray has for itself, unless it is empty. */
  readonly traceHeader: string | undefined;
  /** The value of a request header, names in lower case. */
  header(name: string): string | undefined;
  /** Aborts when the caller hangs up or the server closes. Made on first use, so that only those who wait pay for it. */
  readonly signal: AbortSignal;
  /** The same for who waits in this process, at a small part of the cost. */
  readonly abortNotice: AbortNotice;
  /** Has `task` run if the answer cannot be handed to the caller any more. */
  onUndelivered(task: () => void): void;
}

/** A contract with its behaviour. Unless it needs more to work with, the call is all it is given. */
export interface Operation<Context = Call> extends Contract {
  /** Checks the input and answers it. Throws AwsErrors; returns the output, deferred or as a promise if it waits. */
  run(context: Context, input: unknown): unknown;
}

/** A service: what the protocols know of it, and its operations by name. */
export interface Service {
  readonly model: ServiceModel;
  readonly operations: ReadonlyMap<string, Operation>;
}

/** What finding an operation takes. */
export type OperationOutline = Pick<Contract, "name" | "http">;

/** An operation of a service that is loaded when somebody first calls it. */
export interface LateOperation extends OperationOutline {
  /** The operation, once it is there. */
  readonly loaded: Operation | undefined;
  load(): Promise<Operation>;
}

/** A service as requests find it, be it there or late. */
export interface ServedService {
  readonly model: ServiceModel;
  readonly operations: ReadonlyMap<string, Operation | LateOperation>;
}

/** The service with the operations of a table, each of them given what it works with. */
export function serviceOf<Context>(
  model: ServiceModel,
  table: Readonly<Record<string, Operation<Context>>>,
  contextOf: (call: Call) => Context,
): Service {
  const operations = new Map<string, Operation>();
  for (const [name, operation] of Object.entries(table)) {
    operations.set(name, { ...operation, run: (call, input) => operation.run(contextOf(call), input) });
  }
  return { model, operations };
}

/** An operation's contract and behaviour, with the types that follow from its shapes. */
export interface OperationDefinition<Context, I extends StructureShape, O extends StructureShape | undefined>
  extends Contract {
  readonly input: I;
  readonly output?: Exclude<O, undefined>;
  handle(
    context: Context,
    input: Infer<I>,
  ): O extends StructureShape ? Infer<O> | Promise<Infer<O>> | Deferred<Infer<O>> : void | Promise<void>;
}

const MalformedForm = awsError("MalformedQueryString", {
  status: 404,
  isModelled: false,
  message: () => "The query string contains a syntax error.",
});

/** What the younger services of the Query format say of a form that cannot be taken apart. Common errors, SNS API reference. */
export function malformedForm(): AwsError {
  return new MalformedForm();
}

/** How the younger services of the Query format word an action they do not have. */
export function couldNotFindOperation(action: string, version = "NO_VERSION_SPECIFIED"): string {
  return `Could not find operation ${action} for version ${version}`;
}
