import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Tags } from "../template/plan/applied.ts";
import type { JsonMap } from "../template/value.ts";
import type { Properties } from "./property.ts";

/** Runs an operation, in the region of the stack unless said. Input and output are plain JSON in AWS's words. Throws AwsError. */
type Operations = (call: string, input: JsonMap, region?: string) => Promise<JsonMap>;

/** Where resources wait for what somebody outside has to say. */
export interface Callbacks {
  /** A URL of its own, to which answers are put. */
  open(): string;
  /** Nobody waits there any more. */
  close(url: string): void;
  /** So many answers that say SUCCESS. Throws ResourceFailure for one that does not, and when time is up. */
  answersAt(url: string, wanted: { readonly count: number; readonly timeoutMs: number }): Promise<readonly JsonMap[]>;
  /** The first answer, whatever it says, or why there will be none; undefined when time is up. */
  answerAt(
    url: string,
    timeoutMs: number,
  ): Promise<{ readonly answer: JsonMap } | { readonly problem: string } | undefined>;
}

/** What becomes of resources that nobody here can make. */
export type UnknownResources = "refuse" | "stub";

/** What making a resource takes. */
export interface ResourceContext {
  readonly logicalId: string;
  readonly type: string;
  readonly stack: { readonly id: string; readonly name: string };
  readonly scope: Scope;
  readonly ids: Ids;
  /** `operate("sqs CreateQueue", …)`, in the stack's account. */
  readonly operate: Operations;
  /** Where those outside the stack say that something is there. */
  readonly callbacks: Callbacks;
  /** What becomes of what nobody here can make. */
  readonly unknown: UnknownResources;
  /** Aborts when the resource is not wanted any more while it is being made. */
  readonly cancelled?: AbortSignal | undefined;
  /** Is told the physical id of what will take its time, as soon as there is one. */
  readonly initiated?: (physicalId: string) => void;
  /** Resolves after a time of the account, or when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A resource as it is to be. */
export interface Wanted {
  /** Of the types its rules give them. */
  readonly properties: JsonMap;
  readonly tags: Tags;
}

/** A resource that is there. */
export interface Made {
  readonly physicalId: string;
  /** What Fn::GetAtt returns, by name. */
  readonly attributes: JsonMap;
}

/** A resource that is to become another. */
export interface Change extends Made {
  readonly before: Wanted;
  readonly after: Wanted;
}

/** What there is to know of one type of resources. */
export interface ResourceType {
  readonly properties: Properties;
  /** Whether there may be properties beside those, which stay as they are. */
  readonly takesAny?: true;
  /** Names that Fn::GetAtt takes; undefined when there may be any. */
  readonly attributes: readonly string[] | undefined;
  /** The property by which users name it. */
  readonly nameProperty?: string;
  /** Whether tags of the stack become its own. */
  readonly isTagged?: true;
  /** Whether CloudFormation makes it itself, without a resource handler whose message its failures are. */
  readonly isOwn?: true;
  /** Whether Ref and Fn::GetAtt may return something else when it was changed in place. */
  readonly mayAnswerAnew?: true;
  /** What is to be said of each resource of the type when it is made. */
  readonly note?: (type: string) => string;
  /** The property users identify it by, for GetTemplateSummary. */
  readonly identifier?: string;
  /** Throws AwsError or ResourceFailure. */
  create(context: ResourceContext, wanted: Wanted): Promise<Made>;
  /** Changes it in place. Throws as `create` does. */
  update(context: ResourceContext, change: Change): Promise<Made>;
  /** Takes it away; whatever is gone already is no failure. Throws as `create` does. */
  delete(context: ResourceContext, made: Made & Wanted): Promise<void>;
}

/** Why a resource could not be made, in AWS's words. */
export class ResourceFailure extends Error {
  override readonly name = "ResourceFailure";
  /** Undefined where the message is all that is told. */
  readonly code: HandlerErrorCode | undefined;
  /** The physical id of what may be there nevertheless, or be changed by half, so that it is to be undone. */
  readonly left: string | undefined;

  constructor(code: HandlerErrorCode | undefined, message: string, left?: string) {
    super(message);
    this.code = code;
    this.left = left;
  }
}

/** A resource is not wanted any more while it is being made. */
export class ResourceCancelled extends ResourceFailure {
  constructor(left?: string) {
    super(undefined, "Resource creation cancelled", left);
  }
}

/** How AWS's resource handlers call what went wrong. */
export type HandlerErrorCode =
  | "AlreadyExists"
  | "GeneralServiceException"
  | "InvalidRequest"
  | "NotFound"
  | "NotStabilized"
  | "ResourceConflict"
  | "ServiceLimitExceeded";

/** A resource of that name is there already, and stacks do not adopt what they have not made. */
export function alreadyExists({ type }: ResourceContext, identifier: string): ResourceFailure {
  return new ResourceFailure(
    "AlreadyExists",
    `Resource of type '${type}' with identifier '${identifier}' already exists.`,
  );
}
