import { pastProxies } from "../../kernel/http/past-proxies.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import type { RuntimeDeps } from "../deps.ts";
import type { FunctionDefinition } from "../runner.ts";

/** What the function must not see of the emulator's environment: whose credentials those are, and its own flags of Node. */
const NOT_INHERITED = /^(?:AWS_.*|_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_.*|NODE_OPTIONS)$/;

/** Where the logs of an environment would be in CloudWatch. */
interface LogPlace {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** AWS: `/aws/lambda/<name>`, and the day, the version and 32 hexadecimal digits. */
export function logPlaceOf({ name, version }: FunctionDefinition, { clock, ids }: Pick<RuntimeDeps, "clock" | "ids">) {
  const day = formatIso8601(clock.now()).slice(0, 10).replaceAll("-", "/");
  const logStreamName = `${day}/[${version}]${ids.bytes(16).toString("hex")}`;
  return { logGroupName: `/aws/lambda/${name}`, logStreamName };
}

/**
 * The environment of a process, each source over the one before: what the emulator has, where the emulator is, the
 * function's own variables, the platform's. AWS: Defined runtime environment variables.
 */
export function variablesOf(
  definition: FunctionDefinition,
  deps: Pick<RuntimeDeps, "inherited" | "endpoint">,
  place: LogPlace,
): Readonly<Record<string, string | undefined>> {
  const inherited = Object.entries(deps.inherited).filter(([name]) => !NOT_INHERITED.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...pastProxies(deps.inherited, deps.endpoint()),
    AWS_ENDPOINT_URL: deps.endpoint(),
    ...definition.variables,
    ...platformVariables(definition, place),
  };
}

function platformVariables(definition: FunctionDefinition, { logGroupName, logStreamName }: LogPlace) {
  const { name, version, memoryMb, runtime, handler, scope } = definition;
  return {
    ...(handler !== undefined && { _HANDLER: handler }),
    AWS_REGION: scope.region,
    AWS_DEFAULT_REGION: scope.region,
    // An access key that is an account id is that account's.
    AWS_ACCESS_KEY_ID: scope.account,
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_SESSION_TOKEN: "test",
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    ...(runtime !== undefined && !runtime.startsWith("provided") && { AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}` }),
    TZ: "UTC",
  };
}
