/** What is wrong with the resource that an ARN names, whether it exists or not; undefined when nothing is. */
export type FaultOf = (resource: string) => string | undefined;

const UUID_LENGTH = 36;

/** `app/<platform>/<name>`. */
export const faultOfApplication: FaultOf = (resource) => faultOfSlashes(resource, 2);

/** `endpoint/<platform>/<application>/<uuid>`. */
export const faultOfEndpoint: FaultOf = (resource) => {
  const id = resource.slice(resource.lastIndexOf("/") + 1);
  return faultOfSlashes(resource, 3) ?? (id.length === UUID_LENGTH ? undefined : NO_UUID);
};

// Observed of the ARNs of applications; taken to be the same for those of endpoints.
function faultOfSlashes(resource: string, count: number): string | undefined {
  return resource.split("/").length === count + 1
    ? undefined
    : "Wrong number of slashes in relative portion of the ARN.";
}

// Observed of Get-, Set- and DeleteEndpoint.
const NO_UUID = `ARN specifies an invalid endpointId: UUID must be encoded in exactly ${UUID_LENGTH} characters.`;
