import type { Run } from "../command.ts";

/** Says where a message is, why, and how it came there. */
export const run: Run = async ({ words: [message = ""], client, flags, output }) => {
  const scope = { account: flags.text("account"), region: flags.text("region") };
  const answer = await client.call("GET", "explain", { message, ...scope });
  if (output.isJson) {
    output.json(answer);
    return 0;
  }
  output.line({ text: answer.text, style: "bold" });
  for (const note of answer.notes) output.line({ text: note, style: "yellow" });
  const { subscriptions = [], related, steps } = answer;
  const parts = [
    [
      ["SUBSCRIPTION", "ENDPOINT", "WHAT BECAME OF IT"],
      subscriptions.map((one) => [one.protocol, one.endpoint, one.text]),
    ],
    [["RELATED", "WHERE IT IS"], related.map((one) => [one.message, one.text])],
    [["WHEN", "WHAT", "HOW"], steps.map((one) => [one.at, one.kind, one.text])],
  ] as const;
  for (const [head, rows] of parts) {
    if (rows.length === 0) continue;
    output.line();
    output.table(head, rows);
  }
  return 0;
};
