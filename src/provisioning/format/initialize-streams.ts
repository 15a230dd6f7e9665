/** kinesis-mock: what a stream has that says no number of shards. */
const USUAL_SHARDS = 4;

/** INITIALIZE_STREAMS as `--streams` has it: `a:1,b::us-west-2,c`. What is none stays as it is, to be refused. */
export function readInitializeStreams(text: string): string {
  return text.split(",").map(readStream).join(",");
}

function readStream(text: string): string {
  const [name = "", count = "", region = "", ...others] = text.split(":");
  if (!/^\d*$/.test(count) || others.length > 0) return text;
  // kinesis-mock: what is no region is the default one.
  const isRegion = /^[a-z]{2}(-[a-z]+)+-\d$/.test(region);
  return `${name}:${count === "" ? USUAL_SHARDS : count}${isRegion ? `:${region}` : ""}`;
}
