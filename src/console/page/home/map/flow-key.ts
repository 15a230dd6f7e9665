/** The key of steps of a kind that tell of two things. */
export function flowKey(kind: string, resource: string, related: string): string {
  return `${kind} ${resource} ${related}`;
}

/** What is counted of a function, by its ARN without a qualifier and that of the other end. */
export const functionFlow = {
  reading: (functionArn: string, sourceArn: string) => flowKey("polled", functionArn, sourceArn),
  succeeded: (functionArn: string, receiverArn: string) => flowKey("success-told", functionArn, receiverArn),
  failed: (functionArn: string, receiverArn: string) => flowKey("failure-told", functionArn, receiverArn),
} as const;
