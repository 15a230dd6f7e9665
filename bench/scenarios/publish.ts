import { publishAgainstFloor } from "../load/publish-against-floor.ts";
import { publishCycle, topicWithQueues } from "../load/sns-client.ts";
import { snsWire } from "../load/wire.ts";
import type { Server } from "../machine/servers.ts";
import type { Finding, Pace, Scenario, Target } from "../scenario.ts";

/** Publish to SQS subscriptions: deliveries a second, against the requests a second of the floor. */
export const publish: Scenario = {
  name: "publish",
  async run(pace) {
    // Every delivery stays in its queue, so rounds are few; but they are as long as it takes V8 to get up to speed.
    const short = { ...pace, rounds: Math.min(pace.rounds, 7), roundMs: 500 };
    return [
      await fanOut(1, undefined, short),
      await fanOut(10, { atLeast: 9 }, short),
      await fanOut(100, { atLeast: 12 }, short),
    ];
  },
};

async function fanOut(subscriptions: number, target: Target | undefined, pace: Pace): Promise<Finding> {
  const prepare = async (server: Server) => publishCycle(await topicWithQueues(server, subscriptions));
  const { ratio, ofCeiling, detail } = await publishAgainstFloor({ wire: snsWire, prepare }, pace);
  const what = `deliveries to ${subscriptions} SQS subscription${subscriptions === 1 ? "" : "s"}`;
  const shares = { value: ratio * subscriptions, unit: "of floor", ofCeiling: ofCeiling * subscriptions } as const;
  return { what, ...shares, ...(target && { target }), detail };
}
