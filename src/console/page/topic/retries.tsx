import { ResourceLink } from "../../part/columns.tsx";
import { InstantFact } from "../../part/facts.tsx";
import { agoText, parseInstant, timeText } from "../../part/words.ts";
import { hrefOf } from "../../state/place.ts";
import { now } from "../../state/time.ts";
import { type Delivery, retried } from "./schedule.ts";

const MOST_SHOWN = 20;

/** Deliveries that failed and are tried again: each attempt until now, and when the next one is. */
export function Retries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const schedules = retried(deliveries);
  if (schedules.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="retries">
      <div class="line spread">
        <h2 id="retries">To be tried again</h2>
        <a href={hrefOf({ page: "time" })}>Move time to the next attempt</a>
      </div>
      <ul class="findings">
        {schedules.slice(0, MOST_SHOWN).map(({ key, endpoint, messageId, attempts, nextAttemptTime }) => (
          <li key={key} class="card">
            <div class="line spread">
              <strong>{endpoint.startsWith("arn:") ? <ResourceLink arn={endpoint} /> : endpoint}</strong>
              <a class="mono" href={hrefOf({ page: "explain", name: messageId })}>
                {messageId}
              </a>
            </div>
            <ol>
              {attempts.map(({ attempt, time, statusCode, reason }) => (
                <li key={attempt} value={attempt}>
                  {timeText(parseInstant(time))}{" "}
                  <span class="faint">
                    {agoText(parseInstant(time), now.value)}: {statusCode} {reason}
                  </span>
                </li>
              ))}
            </ol>
            <dl class="facts">
              <InstantFact name="Next attempt" at={nextAttemptTime} />
            </dl>
          </li>
        ))}
      </ul>
      {schedules.length > MOST_SHOWN && <p class="faint">and {schedules.length - MOST_SHOWN} more</p>}
    </section>
  );
}
