import { control, type Stream } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Fact } from "../../part/facts.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { durationText, numberText } from "../../part/words.ts";
import { shortId } from "./shard-layout.ts";

const MOST_SHOWN = 1000;

/** Who reads the stream, and how far each is behind: consumers with enhanced fan-out, and queues on the stream. */
export function Consumers({ stream }: { readonly stream: Stream }) {
  const known = useAnswer(
    {
      ask: async (signal) => {
        const [{ consumers }, { queues }] = await Promise.all([
          control.call("GET", "consumers", { stream: stream.arn, limit: MOST_SHOWN }, { signal }),
          control.call("GET", "stream-queues", { stream: stream.arn, limit: MOST_SHOWN }, { signal }),
        ]);
        return { consumers, queues };
      },
      isChangedBy: ({ resource }) => resource.startsWith(stream.arn),
      // Who is behind falls further behind, and a consumer becomes active in its time.
      isMoving: ({ consumers, queues }) =>
        queues.some(({ inFlight }) => inFlight > 0) ||
        consumers.some(
          ({ status, subscriptions }) =>
            status !== "ACTIVE" || subscriptions.some(({ iteratorAgeSeconds }) => iteratorAgeSeconds > 0),
        ),
    },
    [stream.arn],
  );
  return (
    <Known known={known}>
      {({ consumers, queues }) =>
        consumers.length + queues.length === 0 ? (
          <Empty title="No registered consumers">
            <p>
              Those that call GetRecords leave no trace here; registered ones do:{" "}
              <code>aws kinesis register-stream-consumer --consumer-name jobs --stream-arn {stream.arn}</code>
            </p>
          </Empty>
        ) : (
          <div class="columns">
            {consumers.map(({ arn, name, status, subscriptions }) => (
              <section key={arn} class="card" aria-label={`Consumer ${name}`}>
                <div class="line spread">
                  <h2>{name}</h2>
                  <span class={status === "ACTIVE" ? "mark good" : "mark in-flight"}>{status}</span>
                </div>
                {subscriptions.length === 0 && <p class="faint">It listens to no shard at the moment.</p>}
                <dl class="facts">
                  {subscriptions.map(({ shardId, iteratorAgeSeconds }) => (
                    <Fact key={shardId} name={shortId(shardId)}>
                      {iteratorAgeSeconds === 0 ? "up to date" : `${durationText(iteratorAgeSeconds)} behind`}
                    </Fact>
                  ))}
                </dl>
              </section>
            ))}
            {queues.map((queue) => (
              <section key={queue.arn} class="card" aria-label={`Queue ${queue.name}`}>
                <h2>{queue.name}</h2>
                <p>
                  {numberText(queue.visible)} visible, {numberText(queue.inFlight)} in flight,{" "}
                  {numberText(queue.deadVisible + queue.deadInFlight)} dead
                </p>
                <dl class="facts">
                  {queue.positions.map(({ shardId, unseen }) => (
                    <Fact key={shardId} name={shortId(shardId)}>
                      {unseen === 0 ? "up to date" : `${numberText(unseen)} not handed out`}
                    </Fact>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        )
      }
    </Known>
  );
}
