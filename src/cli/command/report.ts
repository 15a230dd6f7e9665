import type { Call, Run } from "../command.ts";

/** Tells what is likely to be a mistake. */
export const run: Run = async (call) => {
  const { output } = call;
  const { isRecording, note, findings } = await everyFinding(call);
  if (output.isJson) {
    output.json({ isRecording, note, findings });
    return 0;
  }
  for (const { lint, resource, text, evidence, advice } of findings) {
    output.line({ text: lint, style: "yellow" }, `  ${resource}`);
    output.line(`  ${text} ${evidence} ${advice}`);
  }
  if (findings.length === 0) output.note("Nothing is likely to be a mistake.");
  if (note !== undefined) output.note(note);
  return 0;
};

/** All pages: unlike a list of what was recorded, they say something while nothing is. */
async function everyFinding({ client, flags }: Call) {
  const where = { account: flags.text("account"), region: flags.text("region") };
  const first = await client.call("GET", "report", { ...where, limit: 1000 });
  const findings = [...first.findings];
  for (let { next } = first; next !== undefined; ) {
    const page = await client.call("GET", "report", { ...where, limit: 1000, next });
    for (const finding of page.findings) findings.push(finding);
    next = page.next;
  }
  return { ...first, findings };
}
