import { statSync } from "node:fs";
import { FunctionDirectory } from "../../engine/function/function-directory.ts";
import { AwsError } from "../../kernel/aws-error.ts";
import type { CodeSources } from "../../service/lambda/code/code-sources.ts";
import { lambdaModel, lambdaOperations } from "../../service/lambda/lambda-model.ts";
import type { MappingRoom } from "./mappings.ts";
import { lateModule, type Module, type ModuleDeps } from "./module.ts";

/** Lambda, which is loaded when it is first called. Code that lies in a bucket it fetches by way of `operate`. */
export function lateLambda({ clockOf, ids, logs, operate }: ModuleDeps, reading: MappingRoom): Module {
  const sources: CodeSources = {
    async object({ account, region }, { bucket, key }) {
      try {
        const found = await operate("s3", "GetObject", { Bucket: bucket, Key: key }, { account, region });
        return { bytes: (found as { readonly Body: Uint8Array }).Body };
      } catch (cause) {
        if (cause instanceof AwsError) return { errorCode: cause.queryCode, errorMessage: cause.message };
        throw cause;
      }
    },
    isDirectory,
  };
  return lateModule({ model: lambdaModel, operations: lambdaOperations }, async () => {
    const [{ createLambdaService }, { CodeInMemory }] = await Promise.all([
      import("../../service/lambda/index.ts"),
      import("../../service/lambda/code/code-store.ts"),
    ]);
    const code = new CodeInMemory();
    const releaseCode = (key: string) => code.release(key);
    const directory = new FunctionDirectory({ clockOf, ids, logs: logs.part("lambda"), releaseCode });
    return {
      service: createLambdaService({ directory, ids, code, sources, ...reading }),
      stores: [directory, reading.mappings],
    };
  });
}

/** Whatever the machine says against a path, it is no directory. */
function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
