/** How the younger services of the Query format word an action they do not have. */
export function couldNotFindOperation(action: string, version = "NO_VERSION_SPECIFIED"): string {
  return `Could not find operation ${action} for version ${version}`;
}
