import { flatCost } from "../load/flat-cost.ts";
import { publishCycle, SnsClient, topicWithQueues } from "../load/sns-client.ts";
import { snsWire } from "../load/wire.ts";
import { type Server, startSilentEndpoint } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const ENDPOINTS = 1_000;
/** More than one endpoint is sent at a time. */
const PUBLISHES = 40;
const LOOK_AGAIN_MS = 50;

/** Whether HTTP endpoints that never answer slow deliveries to queues down. */
export const silentEndpoints: Scenario = {
  name: "silent-endpoints",
  async run(pace) {
    await using endpoint = await startSilentEndpoint();
    const growth = {
      what: "publish beside 1,000 HTTP subscriptions that never answer, against none",
      connections: 32,
      wire: snsWire,
      little: async (server: Server) => publishCycle(await topicWithQueues(server, 10)),
      much: async (server: Server) => {
        await keepBusy(server, `http://127.0.0.1:${endpoint.port}`);
        return publishCycle(await topicWithQueues(server, 10));
      },
    };
    return [await flatCost(growth, { ...pace, rounds: Math.min(pace.rounds, 7), roundMs: 500 })];
  },
};

/** Has as many messages on their way to every endpoint as are sent at a time, and more wait. */
async function keepBusy(server: Server, url: string): Promise<void> {
  using sns = await SnsClient.open(server);
  const topicArn = await sns.createTopic("silent");
  for (let index = 0; index < ENDPOINTS; index++) {
    await sns.subscribe(topicArn, { protocol: "http", endpoint: `${url}/${index}` });
  }
  while ((await confirmedOf(sns, topicArn)) < ENDPOINTS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  for (let index = 0; index < PUBLISHES; index++) {
    await sns.call("Publish", { TopicArn: topicArn, Message: "Is anybody there?" });
  }
}

async function confirmedOf(sns: SnsClient, topicArn: string): Promise<number> {
  const attributes = await sns.call("GetTopicAttributes", { TopicArn: topicArn });
  return Number(/<key>SubscriptionsConfirmed<\/key>\s*<value>(\d+)/.exec(attributes)?.[1]);
}
