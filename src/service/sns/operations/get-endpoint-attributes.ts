import { required, structure } from "../../../model/shape.ts";
import { resourceErrors } from "../errors.ts";
import { shownEndpointAttributes } from "../mobile/endpoint-attributes.ts";
import { snsOperation } from "../operation.ts";
import { endpointNamed } from "../resource.ts";
import { attributesOutput, endpointArn } from "../shapes.ts";

/** Shows everything a platform endpoint has. API_GetEndpointAttributes. */
export const getEndpointAttributes = snsOperation({
  name: "GetEndpointAttributes",
  input: structure({ EndpointArn: required(endpointArn) }),
  output: attributesOutput,
  errors: resourceErrors,
  handle: (context, { EndpointArn }) => ({ Attributes: shownEndpointAttributes(endpointNamed(context, EndpointArn)) }),
});
