import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";

/** Those a function can have, in the order of the model. */
const RUNTIMES: readonly string[] = [
  "nodejs16.x",
  "java8.al2",
  "java11",
  "python3.8",
  "python3.9",
  "dotnet6",
  "dotnet8",
  "provided.al2",
  "nodejs18.x",
  "python3.10",
  "java17",
  "ruby3.2",
  "ruby3.3",
  "ruby3.4",
  "python3.11",
  "nodejs20.x",
  "provided.al2023",
  "python3.12",
  "java21",
  "python3.13",
  "nodejs22.x",
  "nodejs24.x",
  "python3.14",
  "java25",
  "dotnet10",
  "ruby4.0",
];

/** Those of the model that AWS lets no function have any more. */
const RETIRED: ReadonlySet<string> = new Set([
  "nodejs",
  "nodejs4.3",
  "nodejs4.3-edge",
  "nodejs6.10",
  "nodejs8.10",
  "nodejs10.x",
  "nodejs12.x",
  "nodejs14.x",
  "java8",
  "python2.7",
  "python3.6",
  "python3.7",
  "dotnetcore1.0",
  "dotnetcore2.0",
  "dotnetcore2.1",
  "dotnetcore3.1",
  "go1.x",
  "ruby2.5",
  "ruby2.7",
  "provided",
]);

/**
 * Throws InvalidParameterValue for a runtime that is no more, or never was. AWS: the latter names them in no order, and is
 * no ValidationException.
 */
export function checkRuntime(runtime: string): void {
  if (RUNTIMES.includes(runtime)) return;
  if (RETIRED.has(runtime)) {
    throw new InvalidParameterValue(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
  throw new InvalidParameterValue(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${RUNTIMES.join(", ")}] or be a valid ARN`,
  );
}
