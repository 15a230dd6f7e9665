import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/app/emulator.ts";
import { httpReader } from "./http-reader.ts";
import { ROLE } from "./lambda.ts";
import { zipOf } from "./zip.ts";

/** A whole server. Memory that is used again is overwritten in between. */
export async function aLambdaServer(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ httpReader: httpReader(), ...options }, { poisonsReusedMemory: true });
  emulator.clock().freeze();
  return emulator;
}

/** The official client of an account, with the server as its endpoint. */
export function lambdaClient({ endpoint }: Emulator, account = "000000000000"): LambdaClient {
  const credentials = { accessKeyId: account, secretAccessKey: "secret" };
  return new LambdaClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}

/** Makes functions of code, and invokes them, by the official client. */
export class FunctionCaller {
  readonly client: LambdaClient;

  constructor(emulator: Emulator, account?: string) {
    this.client = lambdaClient(emulator, account);
  }

  /** A function of Node's, unless told otherwise. */
  async create(code: string | CreateFunctionCommandInput["Code"], given: Partial<CreateFunctionCommandInput> = {}) {
    const Code = typeof code === "string" ? { ZipFile: zipOf([{ name: "index.js", content: code }]) } : code;
    await this.client.send(new CreateFunctionCommand({ ...NODE, Code, ...given }));
  }

  async invoke(event: unknown = {}, given: Partial<InvokeCommandInput> = {}): Promise<Invoked> {
    const Payload = JSON.stringify(event);
    const answer = await this.client.send(new InvokeCommand({ FunctionName: "f", Payload, ...given }));
    const { FunctionError: error, ExecutedVersion: version, LogResult, Payload: bytes, $metadata } = answer;
    const text = Buffer.from(bytes ?? []).toString("utf8");
    const log = LogResult === undefined ? undefined : Buffer.from(LogResult, "base64").toString("utf8");
    const { requestId = "", httpStatusCode: status } = $metadata;
    return { status, error, version, log, requestId, text, ...(text !== "" && { value: JSON.parse(text) }) };
  }
}

/** What an invocation is answered with. */
export interface Invoked {
  readonly status: number | undefined;
  readonly error: string | undefined;
  readonly version: string | undefined;
  readonly log: string | undefined;
  readonly requestId: string;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests know better than the compiler what is in it.
  readonly value?: any;
}

const NODE = { FunctionName: "f", Role: ROLE, Runtime: "nodejs22.x", Handler: "index.handler", Timeout: 60 } as const;
