import { readFileSync } from "node:fs";

/** What botocore's model of a service says, as far as it is facts. `npm run models` renews the fixtures. */
export interface ApiModel {
  /** The release it is from: `botocore 1.44.8`. */
  readonly source: string;
  readonly metadata: { readonly apiVersion: string; readonly targetPrefix?: string; readonly xmlNamespace?: string };
  readonly operations: Readonly<Record<string, ModelOperation>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

interface ModelOperation {
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors: readonly string[];
}

export interface Reference {
  readonly shape: string;
  readonly flattened?: boolean;
  readonly locationName?: string;
  readonly resultWrapper?: string;
}

export interface ModelShape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly flattened?: boolean;
  readonly locationName?: string;
  readonly exception?: boolean;
  readonly fault?: boolean;
  readonly error?: ModelError;
}

export interface ModelError {
  /** The name of the shape unless given. */
  readonly code?: string;
  readonly httpStatusCode: number;
}

export function apiModel(
  name: "cloudformation" | "kinesis" | "lambda" | "s3" | "sns" | "sqs" | "sqs-query" | "ssm" | "sts",
): ApiModel {
  return fixture(`${name}.json`) as ApiModel;
}

/** The codes and statuses that SQS's errors have in the Query format. Its model has lost them. */
export function sqsErrors(): Readonly<Record<string, ModelError>> {
  return fixture("sqs.errors.json") as Readonly<Record<string, ModelError>>;
}

function fixture(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/models/${file}`, import.meta.url), "utf8"));
}
