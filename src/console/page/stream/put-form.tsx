import { useState } from "preact/hooks";
import { call } from "../../api/aws.ts";
import type { Stream } from "../../api/control.ts";
import { Form } from "../../part/form.tsx";
import { shortId } from "./shard-layout.ts";

interface PutOutput {
  readonly ShardId: string;
  readonly SequenceNumber: string;
}

/** Puts a record. */
export function PutForm({ stream }: { readonly stream: Stream }) {
  const [data, setData] = useState("");
  const [key, setKey] = useState("");
  const act = async () => {
    const input = { StreamARN: stream.arn, PartitionKey: key, Data: base64Of(data) };
    const put = await call<PutOutput>("kinesis", "PutRecord", input, { region: stream.region });
    return (
      <>
        In {shortId(put.ShardId)} as <span class="mono">{put.SequenceNumber}</span>.
      </>
    );
  };
  return (
    <Form submit="Put" act={act}>
      <label>
        Data
        <textarea required value={data} onInput={({ currentTarget }) => setData(currentTarget.value)} />
      </label>
      <label>
        Partition key
        <input required maxLength={256} value={key} onInput={({ currentTarget }) => setKey(currentTarget.value)} />
      </label>
    </Form>
  );
}

/** A text as the bytes that JSON carries. */
function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
