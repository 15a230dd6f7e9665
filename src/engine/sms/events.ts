/** What can happen to the text messaging of an account and region. Instants in epoch milliseconds. */
export type SmsEvent = { readonly at: number } & (
  | { readonly type: "configured"; readonly attributes: Readonly<Record<string, string>> }
  | { readonly type: "optedOut"; readonly number: string }
  | { readonly type: "optedIn"; readonly number: string }
  | { readonly type: "sandboxNumberAdded"; readonly number: string; readonly oneTimePassword: string }
  | { readonly type: "sandboxNumberVerified"; readonly number: string }
  | { readonly type: "sandboxNumberDeleted"; readonly number: string }
);
