import { required, structure } from "../../../model/shape.ts";
import { changeErrors, ValidationException } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { notActive } from "../refusals.ts";
import { maxRecordSize, streamArn, streamId } from "../shapes.ts";

/** Changes how large a record of a stream can be. API_UpdateMaxRecordSize. */
export const updateMaxRecordSize = streamOperation({
  name: "UpdateMaxRecordSize",
  rate: { perSecond: 5 },
  input: structure({ MaxRecordSizeInKiB: required(maxRecordSize), StreamARN: streamArn, StreamId: streamId }),
  errors: [...changeErrors, ValidationException],
  handle({ stream }, { MaxRecordSizeInKiB }) {
    const outcome = stream.configuration.changeMaxRecordBytes(MaxRecordSizeInKiB * 1024);
    if (outcome === "notActive") throw notActive(stream);
  },
});
