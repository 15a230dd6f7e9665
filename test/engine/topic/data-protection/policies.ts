/** The ARN by which a policy names one of AWS's data identifiers. */
export function managed(name: string): string {
  return `arn:aws:dataprotection::aws:data-identifier/${name}`;
}

/** The operation that masks, with AWS's character unless given. */
export function mask(character?: string): object {
  return { Deidentify: { MaskConfig: character === undefined ? {} : { MaskWithCharacter: character } } };
}

export const redact = { Deidentify: { RedactConfig: {} } };

export function audit(SampleRate: unknown = "99"): object {
  return { Audit: { SampleRate, FindingsDestination: { CloudWatchLogs: { LogGroup: "/aws/vendedlogs/audit" } } } };
}

/** A statement that denies everybody to publish e-mail addresses, changed as asked. */
export function aStatement(changes: object = {}): object {
  return {
    Sid: "statement",
    DataDirection: "Inbound",
    Principal: ["*"],
    DataIdentifier: [managed("EmailAddress")],
    Operation: { Deny: {} },
    ...changes,
  };
}

/** The text of a policy with such statements. */
export function aPolicy(...statements: readonly object[]): string {
  return policyText({ Statement: (statements.length === 0 ? [{}] : statements).map(aStatement) });
}

/** The text of a policy that AWS accepts but for the changes. */
export function policyText(changes: object): string {
  return JSON.stringify({
    Name: "protection",
    Description: "of data",
    Version: "2021-06-01",
    Statement: [aStatement()],
    ...changes,
  });
}
