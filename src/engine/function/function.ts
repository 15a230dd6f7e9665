/** What JSON can say. */
type Plain = string | number | boolean | null | readonly Plain[] | PlainMap;
export type PlainMap = { readonly [key: string]: Plain };

export type Tags = Readonly<Record<string, string>>;

/** The version that can be changed. */
export const LATEST = "$LATEST";

/** The code of a function: never its bytes, but what they are and where they lie. */
export type FunctionCode = CodeIdentity &
  (
    | {
        readonly kind: "archive";
        /** What the store of code knows the zip file by. */
        readonly key: string;
      }
    | {
        /** Run where it lies, and again whenever it changes. */
        readonly kind: "directory";
        /** Absolute. */
        readonly path: string;
      }
    | { readonly kind: "image"; readonly uri: string }
    | {
        /** A process of the user's that speaks the Runtime API. */
        readonly kind: "command";
        readonly command: readonly [string, ...string[]];
        /** Of the directory it runs in. Absolute. */
        readonly path: string;
      }
    /** A person starts the process; at any free port unless one is given. */
    | { readonly kind: "attach"; readonly port?: number }
    /** A handler of the process that the emulator runs in, which knows it by that name. */
    | { readonly kind: "inline"; readonly name: string }
    /** A server that takes events by POST. */
    | { readonly kind: "url"; readonly url: string }
  );

interface CodeIdentity {
  readonly sha256: string;
  /** Of the zip file. */
  readonly bytes: number;
}

interface Logging {
  readonly format: string;
  readonly group: string;
  readonly applicationLevel?: string;
  readonly systemLevel?: string;
}

/** How a function is run, beside its code. A version freezes it. */
export interface FunctionSettings {
  /** ARN. */
  readonly role: string;
  /** Both absent of an image. */
  readonly runtime?: string;
  readonly handler?: string;
  readonly description: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly packageType: "Zip" | "Image";
  readonly architecture: string;
  /** Absent unless it was given, be it empty. */
  readonly environment?: Readonly<Record<string, string>>;
  /** ARN of a queue or topic for events that were given up. */
  readonly deadLetterArn?: string;
  readonly logging: Logging;
  /** What makes no difference here and is shown as it was given, under AWS's names. */
  readonly shown: PlainMap;
}

/** A function as it can be run: `$LATEST`, or one that never changes. Instants in epoch milliseconds. */
export interface FunctionVersion {
  readonly version: string;
  readonly settings: FunctionSettings;
  readonly code: FunctionCode;
  readonly revisionId: string;
  readonly modifiedAt: number;
}

/** A name for a version, or for two of them by chance. */
export interface Alias {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Shares of other versions. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

/** Who may invoke a function, a version or an alias. */
export interface Policy {
  /** The newest last. */
  readonly statements: readonly PlainMap[];
  readonly revisionId: string;
}

/** How asynchronous invocations of a function, a version or an alias are tried again and end. */
export interface InvokeConfig {
  readonly modifiedAt: number;
  readonly retryCount?: number;
  readonly maxAgeMs?: number;
  /** ARN. */
  readonly onSuccess?: string;
  readonly onFailure?: string;
}

/** A function and all that belongs to it. */
export interface FunctionRecord {
  readonly name: string;
  readonly latest: FunctionVersion;
  /** By number, the oldest first. */
  readonly versions: ReadonlyMap<string, FunctionVersion>;
  /** Numbers are not used again. */
  readonly publishedCount: number;
  readonly aliases: ReadonlyMap<string, Alias>;
  /** By qualifier; the function's own under an empty one. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** By qualifier, `$LATEST` among them. */
  readonly invokeConfigs: ReadonlyMap<string, InvokeConfig>;
  /** By version; of others, Auto. */
  readonly runtimeUpdates: ReadonlyMap<string, RuntimeUpdates>;
  readonly tags: Tags;
  readonly reservedConcurrency: number | undefined;
  readonly recursion: Recursion;
  /** ARN. */
  readonly codeSigning: string | undefined;
}

/** When the runtime of a version would be brought up to date. */
export interface RuntimeUpdates {
  readonly on: "Auto" | "FunctionUpdate" | "Manual";
  /** ARN of the version of the runtime that is kept; of Manual alone. */
  readonly runtimeVersion?: string;
}

/** Whether a function may be the cause of its own invocations for ever. */
export type Recursion = "Allow" | "Terminate";

/** A function as a qualifier names it. */
export interface Resolved {
  readonly record: FunctionRecord;
  readonly version: FunctionVersion;
  /** Absent when the qualifier is a version, or none. */
  readonly alias: Alias | undefined;
}
