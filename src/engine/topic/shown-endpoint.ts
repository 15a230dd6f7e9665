const AUTHORITY = "://";
/** AWS: what stands for a password wherever an endpoint is shown. */
const HIDDEN = "****";

/** The URL without the password it may have in it: `https://user:****@host/path`. */
export function withHiddenPassword(url: string): string {
  const start = url.indexOf(AUTHORITY) + AUTHORITY.length;
  const length = url.slice(start).search(/[/\\?#]/);
  const authority = length < 0 ? url.slice(start) : url.slice(start, start + length);
  const colon = authority.indexOf(":");
  const at = authority.lastIndexOf("@");
  if (colon < 0 || at < colon) return url;
  return `${url.slice(0, start + colon + 1)}${HIDDEN}${url.slice(start + at)}`;
}
