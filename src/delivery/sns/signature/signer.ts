/** Which digest a signature is made with: SHA-1 or SHA-256. */
export type SignatureVersion = "1" | "2";

/** Signs what leaves a topic. */
export interface Signer {
  /** RSASSA-PKCS1-v1_5 over the text in UTF-8, in base64; the same for the same text. */
  sign(text: string, version: SignatureVersion): string;
  /** Where the certificate for messages of that region's topics is served: `/SimpleNotificationService-<32 hex>.pem`. */
  certificatePath(region: string): string;
}
