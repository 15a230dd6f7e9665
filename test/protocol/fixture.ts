import { readdirSync, readFileSync } from "node:fs";
import { type AwsError, awsError, type ErrorIdentity } from "../../src/kernel/aws-error.ts";
import type { Contract, RestContract, ServiceModel } from "../../src/model/contract.ts";
import type { WireRequest, WireResponse } from "../../src/protocol/protocol.ts";
import { kinesisContracts, kinesisModel, snsContracts, snsModel, sqsContracts, sqsModel } from "./contracts.ts";
import {
  lambdaContracts,
  lambdaModel,
  pipesModel,
  s3Contracts,
  s3Model,
  schedulerContracts,
  schedulerModel,
} from "./rest-contracts.ts";

/** One golden case: bytes and the value they stand for, in either direction or both. A new case is a new file. */
export interface Fixture {
  readonly title: string;
  /** Where the bytes are known from. */
  readonly source: string;
  readonly service: "sqs" | "sns" | "kinesis" | RestServiceName;
  readonly operation: string;
  readonly request?: Partial<Omit<WireRequest, "body">> & { readonly body: string | Uint8Array };
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: Partial<ErrorIdentity> & {
    readonly shape: string;
    readonly message: string;
    readonly queryMessage?: string;
    readonly members?: Readonly<Record<string, unknown>>;
    readonly headers?: Readonly<Record<string, string>>;
  };
  readonly response?: WireResponse;
}

type RestServiceName = "lambda" | "scheduler" | "pipes" | "s3";

const FIXTURES = new URL("../fixtures/protocol/", import.meta.url);

/** The request id that stands in the bytes of every fixture. */
export const REQUEST_ID = "b47d26e1-3932-48f5-b56c-38d7813fce4a";

const models = {
  sqs: sqsModel,
  sns: snsModel,
  kinesis: kinesisModel,
  lambda: lambdaModel,
  scheduler: schedulerModel,
  pipes: pipesModel,
  s3: s3Model,
};
const contracts = { sqs: sqsContracts, sns: snsContracts, kinesis: kinesisContracts };
const restContracts = {
  lambda: lambdaContracts,
  scheduler: schedulerContracts,
  pipes: new Map<string, never>(),
  s3: s3Contracts,
};

/** The cases of one format. */
export function fixtures(format: "aws-json" | "cbor" | "query" | "rest-json" | "rest-xml"): readonly Fixture[] {
  return casesIn<Fixture>(format);
}

/** What the files of a folder hold, one case each. */
export function casesIn<Case>(format: string): readonly Case[] {
  const folder = new URL(`${format}/`, FIXTURES);
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8"), revived) as Case);
}

export function modelOf({ service }: Fixture): ServiceModel {
  return models[service];
}

export function contractOf({ service, operation }: Fixture): Contract {
  return contracts[service as keyof typeof contracts].get(operation)!;
}

export function restContractOf({ service, operation }: Fixture): RestContract {
  return restContracts[service as RestServiceName].get(operation)!;
}

export function requestOf({ request }: Fixture): WireRequest {
  const { method = "POST", path = "/", query = "", headers = {}, body = "" } = request ?? {};
  return { method, path, query, headers, body: Buffer.from(body) };
}

export function errorOf({ error }: Fixture): AwsError {
  const { shape, message, queryMessage = message, members, headers, ...identity } = error!;
  const row = awsError(shape, {
    message: () => message,
    queryMessage: () => queryMessage,
    ...(identity as object),
    ...(members && { members: () => members }),
    ...(headers && { headers: () => headers }),
  });
  return new row();
}

/**
 * JSON has no bytes, so a fixture writes those of a value as `{ "$blob": "<base64>" }`, and those of a body, in lines
 * of hexadecimal digits, as `{ "$hex": ["bf", "64 44617461", …] }`.
 */
function revived(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$blob" in value) return new Uint8Array(Buffer.from(String(value.$blob), "base64"));
  if ("$hex" in value) return Buffer.from(String(value.$hex).replace(/[ ,]/g, ""), "hex");
  return value;
}
