import { present } from "../../../kernel/present.ts";
import { required, structure } from "../../../model/shape.ts";
import { anyCallErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { endpointArn } from "../shapes.ts";

/** Deletes a platform endpoint; one that is not there is no error. API_DeleteEndpoint. */
export const deleteEndpoint = snsOperation({
  name: "DeleteEndpoint",
  input: structure({ EndpointArn: required(endpointArn) }),
  errors: anyCallErrors,
  handle({ call, mobile, ports }, { EndpointArn }) {
    const endpoint = mobile.endpoint(EndpointArn);
    if (endpoint === undefined) return;
    const platforms = mobile.home(endpoint);
    platforms.deleteEndpoint(endpoint);
    const event = { type: "EndpointDeleted", endpointArn: EndpointArn, origin: call.origin } as const;
    ports.announce(present(platforms.find(endpoint.applicationArn), "the application of an endpoint"), event);
  },
});
