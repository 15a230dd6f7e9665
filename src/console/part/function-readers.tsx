import { listed } from "../api/control.ts";
import { useAnswer } from "../api/use-answer.ts";
import { ResourceLink } from "./columns.tsx";
import { Fact } from "./facts.tsx";
import { numberText } from "./words.ts";

/** The functions that read a queue or a stream, or a consumer of it. */
export function FunctionReaders({ arn }: { readonly arn: string }) {
  const { answer = [] } = useAnswer(
    {
      ask: (signal) => listed("event-source-mappings", "mappings", signal),
      isChangedBy: ({ service, resource }) => service === "lambda" || resource === arn,
    },
    [arn],
  );
  const readers = answer.filter(({ sourceArn }) => sourceArn === arn || sourceArn.startsWith(`${arn}/`));
  if (readers.length === 0) return null;
  return (
    <section class="card" aria-labelledby="function-readers">
      <h2 id="function-readers">Functions that read it</h2>
      <dl class="facts">
        {readers.map(({ uuid, functionArn, isEnabled, counters }) => (
          <Fact key={uuid} name="Function">
            <ResourceLink arn={functionArn}>{functionArn.split(":").slice(6).join(":")}</ResourceLink>{" "}
            <span class="faint">
              {isEnabled
                ? `${numberText(counters.invoked)} given, ${numberText(counters.failedInvoke)} failed`
                : "disabled"}
            </span>
          </Fact>
        ))}
      </dl>
    </section>
  );
}
