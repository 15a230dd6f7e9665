import type { Config } from "./settings/settings.ts";

/** What the command line shows once clients can come. */
export function readyText(endpoint: string, { region }: Config, file?: string): string {
  const plain = endpoint.replace(/^https:/, "http:");
  const other = plain === endpoint ? "" : `\nThe port takes plain ${plain} as well.`;
  const configured = file === undefined ? "" : `\nIt is configured by ${file}.`;
  return `Waystation is ready at ${endpoint}${configured}${other}

Clients find it with these variables:
  export AWS_ENDPOINT_URL=${endpoint}
  export AWS_ACCESS_KEY_ID=test
  export AWS_SECRET_ACCESS_KEY=test
  export AWS_DEFAULT_REGION=${region}
  export AWS_REGION=${region}
`;
}
