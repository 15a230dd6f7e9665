import { pathToFileURL } from "node:url";
import type { FunctionVersion } from "../../../engine/function/function.ts";
import type { Call } from "../../service.ts";

interface CodeLocation {
  readonly RepositoryType: string;
  readonly Location?: string;
  readonly ImageUri?: string;
  readonly ResolvedImageUri?: string;
}

/** Where the code of a version lies, as GetFunction shows it. GAP: AWS signs a URL from which a zip file can be had. */
export function codeLocation(
  { origin, scope }: Pick<Call, "origin" | "scope">,
  { code }: FunctionVersion,
): CodeLocation {
  switch (code.kind) {
    case "archive":
      return {
        RepositoryType: "S3",
        Location: `${origin}/awslambda-${scope.region}-tasks/snapshots/${scope.account}/${code.key}`,
      };
    case "directory":
    case "command":
      return { RepositoryType: "S3", Location: pathToFileURL(code.path).href };
    case "url":
      return { RepositoryType: "S3", Location: code.url };
    case "attach":
    case "inline":
      return { RepositoryType: "S3" };
    case "image":
      return { RepositoryType: "ECR", ImageUri: code.uri, ResolvedImageUri: `${code.uri}@sha256:${code.sha256}` };
  }
}
