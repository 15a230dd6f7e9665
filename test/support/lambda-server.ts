import { LambdaClient } from "@aws-sdk/client-lambda";
import { type Emulator, startEmulator } from "../../src/app/emulator.ts";
import { lateLambda } from "../../src/app/modules/lambda.ts";
import { createMappings } from "../../src/app/modules/mappings.ts";
import { messagingModules } from "../../src/app/modules/modules.ts";
import { httpReader } from "./http-reader.ts";

/** A whole server that serves Lambda as well. Memory that is used again is overwritten in between. */
export async function aLambdaServer(): Promise<Emulator> {
  const emulator = await startEmulator(
    { httpReader: httpReader() },
    {
      poisonsReusedMemory: true,
      modulesOf(deps) {
        const usual = messagingModules(deps);
        return { ...usual, list: [...usual.list, lateLambda(deps, createMappings(deps, usual.inside))] };
      },
    },
  );
  emulator.clock().freeze();
  return emulator;
}

/** The official client of an account, with the server as its endpoint. */
export function lambdaClient({ endpoint }: Emulator, account = "000000000000"): LambdaClient {
  const credentials = { accessKeyId: account, secretAccessKey: "secret" };
  return new LambdaClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
}
