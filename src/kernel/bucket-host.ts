/** `s3`, and the hosts of regions from the days before dots: `s3-eu-west-1`. */
const S3_LABEL = /^s3(?:-[a-z0-9-]+)?$/;
/** Hosts of this machine, below which every name leads back to it. */
const LOCAL = /\.localhost(?:\.localstack\.cloud)?$/;

/**
 * The bucket that a host names, as clients of S3 write it unless they are told to put it in the path: `b.s3.eu-west-1.amazonaws.com`,
 * `b.s3.localhost`, `b.localhost`. Undefined when the host says nothing of S3; empty when it means S3 and no bucket.
 */
export function bucketInHost(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  const labels = name.split(".");
  const at = labels.slice(0, -1).findLastIndex((label) => S3_LABEL.test(label));
  if (at >= 0) return labels.slice(0, at).join(".");
  const [suffix] = LOCAL.exec(name) ?? [];
  return suffix === undefined ? undefined : name.slice(0, -suffix.length);
}
