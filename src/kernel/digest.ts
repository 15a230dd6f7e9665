import { hash } from "node:crypto";

/** Lower-case hexadecimal MD5 of the bytes, or of the text in UTF-8. */
export function md5(data: string | Uint8Array): string {
  return hash("md5", data, "hex");
}

/** Lower-case hexadecimal SHA-256 of the bytes, or of the text in UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}
