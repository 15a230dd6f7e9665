/** Whose mistake it was, in the words of the Query protocol's `<Type>`. */
type Fault = "Sender" | "Receiver";

/** What the wire needs to know of an error, beside its text. */
export interface ErrorIdentity {
  /** Shape name, as JSON's `__type` shows it after the `#`. */
  readonly shape: string;
  /** Code in the Query protocol, and first half of `x-amzn-query-error`. */
  readonly queryCode: string;
  readonly status: number;
  readonly fault: Fault;
  /** Whether the service's model declares the shape; AWS puts the common ones in a namespace of their own. */
  readonly isModelled: boolean;
  /** What its text is called in JSON; `message` unless said. */
  readonly messageMember?: MessageMember | undefined;
}

type MessageMember = "message" | "Message";

/** How much of a text is repeated in an error, in which it is a copy each in message, document and bytes. GAP: AWS's limit is not known. */
const LONGEST_TOLD = 16 * 1024;
/** Several of them may come together. */
const LONGEST_MESSAGE = 16 * LONGEST_TOLD;

/** As much of a text that is wrong as is told to whoever sent it. */
export function told(text: string): string {
  return text.length > LONGEST_TOLD ? text.slice(0, LONGEST_TOLD) : text;
}

/** An error that AWS would answer with. Rendering it is the protocol's business. */
export class AwsError extends Error implements ErrorIdentity {
  readonly shape: string;
  readonly queryCode: string;
  readonly status: number;
  readonly fault: Fault;
  readonly isModelled: boolean;
  readonly messageMember: MessageMember | undefined;
  /** What it says beside its text, as plain JSON; for REST-JSON. */
  readonly members: Readonly<Record<string, unknown>> | undefined;
  /** What it says in headers; for REST-JSON. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  /** The text Query clients get, where AWS words it differently for them. */
  readonly queryMessage: string;

  constructor(identity: ErrorIdentity, message: string, queryMessage: string = message) {
    super(message.slice(0, LONGEST_MESSAGE));
    this.name = identity.shape;
    this.shape = identity.shape;
    this.queryCode = identity.queryCode;
    this.status = identity.status;
    this.fault = identity.fault;
    this.isModelled = identity.isModelled;
    this.messageMember = identity.messageMember;
    this.queryMessage = queryMessage === message ? this.message : queryMessage.slice(0, LONGEST_MESSAGE);
  }
}

/** A row of an error catalogue. */
interface ErrorEntry<Args extends readonly unknown[]> {
  readonly message: (...args: Args) => string;
  readonly queryMessage?: (...args: Args) => string;
  /** The shape's own name unless said. */
  readonly queryCode?: string;
  /** 400 unless said. */
  readonly status?: number;
  /** By status unless said. */
  readonly fault?: Fault;
  readonly isModelled?: boolean;
  readonly messageMember?: MessageMember;
  readonly members?: (...args: Args) => Readonly<Record<string, unknown>>;
  readonly headers?: (...args: Args) => Readonly<Record<string, string>>;
}

/** A class of errors: construct it with the values its text mentions. */
type AwsErrorClass<Args extends readonly unknown[]> = (new (...args: Args) => AwsError) & ErrorIdentity;

/** Defines one row of an error catalogue. The class carries the row's identity as static members. */
export function awsError<const Args extends readonly unknown[]>(
  shape: string,
  entry: ErrorEntry<Args>,
): AwsErrorClass<Args> {
  const status = entry.status ?? 400;
  const identity: ErrorIdentity = {
    shape,
    queryCode: entry.queryCode ?? shape,
    status,
    fault: entry.fault ?? (status < 500 ? "Sender" : "Receiver"),
    isModelled: entry.isModelled ?? true,
    messageMember: entry.messageMember,
  };
  const defined = class extends AwsError {
    override readonly members = undefined as AwsError["members"];
    override readonly headers = undefined as AwsError["headers"];

    constructor(...args: Args) {
      super(identity, entry.message(...args), entry.queryMessage?.(...args));
      this.members = entry.members?.(...args);
      this.headers = entry.headers?.(...args);
    }
  };
  return Object.assign(defined, identity);
}
