import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** LocalStack's name for AWS's command line with an endpoint. The sentence is for images that have no such command line. */
const AWSLOCAL = `#!/bin/sh
if command -v aws >/dev/null 2>&1; then exec aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; fi
echo "awslocal needs the AWS CLI, which is not installed here: declare queues, topics and streams in waystation.yaml instead, or add the AWS CLI to the image" >&2
exit 127
`;

/** Makes a folder in which there is an `awslocal`, for as long as it is held. Undefined where none can be made. */
export async function awslocalFolder(): Promise<(AsyncDisposable & { readonly path: string }) | undefined> {
  try {
    const path = await mkdtemp(join(tmpdir(), "waystation-init-"));
    await writeFile(join(path, "awslocal"), AWSLOCAL, { mode: 0o755 });
    return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
  } catch {
    return undefined; // nothing can be written here, and most scripts call `aws` or post by themselves
  }
}
