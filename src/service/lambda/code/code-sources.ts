import type { Scope } from "../../../kernel/scope.ts";

/** Where code comes from that is not in the request. */
export interface CodeSources {
  /** What lies in a bucket under a key, or what is said when it does not. */
  object(scope: Scope, address: ObjectAddress): Promise<StoredCode>;
  /** Whether there is a directory of that absolute path on this machine. */
  isDirectory(path: string): boolean;
}

interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** The bytes of an object, which are the taker's, or S3's error. */
type StoredCode = { readonly bytes: Uint8Array } | { readonly errorCode: string; readonly errorMessage: string };
