import type { AwsError, ErrorIdentity } from "../kernel/aws-error.ts";
import type { StructureShape } from "./shape.ts";

/** What an operation promises on the wire. */
export interface Contract {
  readonly name: string;
  readonly input: StructureShape;
  /** Absent when the operation answers with nothing. */
  readonly output?: StructureShape;
  /**
   * The union of the events it answers with, one after the other, instead of an output. In REST there may be both: members of
   * the output are in the answer's headers, and the output has the events beside them, as `events`.
   */
  readonly events?: StructureShape;
  /** The errors the API model declares for it. */
  readonly errors: readonly ErrorIdentity[];
  /** Where REST-JSON finds it; absent when its service does not speak that. */
  readonly http?: HttpBinding;
  /** How many bytes a JSON or CBOR document for it may have, where that is not what its service says. */
  readonly maxDocumentBytes?: number;
  /** What it answers a longer one with, which is not read any more; RequestEntityTooLarge unless given. */
  readonly tooLong?: (bytes: number) => AwsError;
  /** Known differences from AWS, one sentence each; `docs/parity.md` is generated from them. */
  readonly gaps?: readonly string[];
}

/** The requests that REST-JSON takes for an operation. */
export interface HttpBinding {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "PATCH" | "DELETE";
  /**
   * `/2015-03-31/functions/{FunctionName}/policy`. The last label may be greedy, `/files/{Path+}`: it takes any number of
   * segments. What has to be in the query string may follow: `/files/{Path+}?acl`, `/files?version=2`.
   */
  readonly path: string;
  /** Of an answer that is no error; 200 unless said. */
  readonly status?: number;
}

/** What an operation promises that is served by REST-JSON. */
export interface RestContract extends Contract {
  readonly http: HttpBinding;
}

/** The wire formats there are. */
export type ProtocolName = "awsQuery" | "awsJson1_0" | "awsJson1_1" | "awsCbor" | "restJson1" | "restXml";

/** What the wire formats and the router know of a service. */
export interface ServiceModel {
  /** Signing name, and first label of its hosts: `sqs`. */
  readonly id: string;
  /** `Amazon SQS`. */
  readonly title: string;
  /** `2012-11-05`. */
  readonly apiVersion: string;
  /** Earlier API versions that Query clients may still ask for, each with the names of the operations it has. */
  readonly olderVersions?: Readonly<Record<string, readonly string[]>>;
  /**
   * Names in the query string that make another operation of a method and a path. Those that no operation has are not served, and are not
   * passed over.
   */
  readonly subresources?: readonly string[];
  /** What stands before the dot in `X-Amz-Target`, in the formats that have targets. */
  readonly targetPrefix?: string;
  /** The formats it speaks, the one first that requests are taken to be in which leave it open. */
  readonly protocols: readonly ProtocolName[];
  /**
   * What judges requests that have a target before an operation is asked. `plain`, which it is unless said, looks for the
   * operation. `strict` refuses what it can in answers of its own, requests without a signature among them.
   */
  readonly frontEnd?: "plain" | "strict";
  /** Whether requests are for it that could be for any of several services, because nothing in them says for which. */
  readonly takesUnaddressed?: boolean;
  /** Whether requests of web pages of other sites are refused, since it has code run on this machine. */
  readonly runsCode?: boolean;
  /** Whether every answer carries a second, longer id in `x-amz-id-2`. */
  readonly hasExtendedRequestId?: boolean;
  /** What stands before the `#` in `__type`, for the errors the model declares. */
  readonly errorNamespace?: string;
  /** Namespace of its XML, which the Query format has. */
  readonly xmlNamespace?: string;
  /** Whether its XML has a line for each element and no declaration; else it is one line behind a declaration. */
  readonly isXmlIndented?: boolean;
  /** Whether its XML errors carry an empty `<Detail/>`. */
  readonly hasErrorDetail?: boolean;
  /** Whether REST-JSON says of its model's errors whose mistake they are: `"Type":"User"`. */
  readonly hasErrorType?: boolean;
  /** How members that hold lists are called in JSON answers to Query requests; by their own name unless given. */
  readonly listsInJson?: (name: string) => string;
  /** How it words an action it does not have in that version. Unless given, a version it does not have is an error of its own. */
  readonly unknownAction?: (action: string, version: string | undefined) => string;
  /** What it answers a form with that cannot be taken apart; MalformedQueryString with status 400 unless given. */
  readonly malformedForm?: () => AwsError;
  /** Labels other than the id by which its hosts go: `queue` in `eu-west-1.queue.amazonaws.com`. */
  readonly hostAliases?: readonly string[];
  /** Members of inputs that name what a request is about, the most telling first; for the log. */
  readonly resourceMembers?: readonly string[];
  /** What its largest request may have in bytes, however it is escaped; larger ones are refused before they are read. */
  readonly maxBodyBytes?: number;
  /** The same of JSON and CBOR documents, where that is less: texts beyond ASCII take long to read. */
  readonly maxDocumentBytes?: number;
  /** Known differences from AWS that concern no single operation, one sentence each. */
  readonly gaps?: readonly string[];
}
