import type { Answer } from "../../api/control.ts";
import { ResourceLink } from "../../part/columns.tsx";
import { distanceText, parseInstant, timeText } from "../../part/words.ts";
import { now } from "../../state/time.ts";

type Step = Answer<"explain">["steps"][number];

/** What happened, oldest first, with the time that passed in between. */
export function Timeline({ steps }: { readonly steps: readonly Step[] }) {
  if (steps.length === 0) return <p class="faint">No step of it was recorded.</p>;
  return (
    <section class="stack" aria-labelledby="timeline">
      <h2 id="timeline">What happened to it</h2>
      <ol class="timeline">
        {steps.map((step, at) => {
          const instant = parseInstant(step.at);
          return (
            <li key={`${step.at} ${step.kind} ${at}`}>
              <span class="mark">{step.kind}</span>
              <div>
                <p>{step.text}</p>
                <p class="faint">
                  <time dateTime={step.at}>{timeText(instant)}</time>, {distanceText(instant, now.value)}, in{" "}
                  <ResourceLink arn={step.resource} />
                </p>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
