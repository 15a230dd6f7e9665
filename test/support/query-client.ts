import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { XMLParser } from "fast-xml-parser";

/** An element's children by name; several of one name make a list. */
export type XmlElement = { readonly [name: string]: XmlNode };
export type XmlNode = string | XmlElement | readonly XmlNode[];

const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreAttributes: true });

/** What a Query service refused a request with. */
export class QueryError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A client that signs and sends forms and reads XML, as SDKs did before JSON, written without any code of the server. */
export class QueryClient {
  readonly #endpoint: string;
  readonly #version: string;
  readonly #signer: SignatureV4;

  constructor(service: { readonly name: string; readonly version: string }, endpoint: string) {
    this.#endpoint = endpoint;
    this.#version = service.version;
    this.#signer = new SignatureV4({
      service: service.name,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      sha256: Sha256,
    });
  }

  /** The content of `<Action>Result`; empty when there is none. */
  async call(action: string, parameters: Readonly<Record<string, string>>): Promise<XmlElement> {
    const url = new URL(this.#endpoint);
    const body = new URLSearchParams({ Action: action, Version: this.#version, ...parameters }).toString();
    const { headers } = await this.#signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: "/",
      headers: { host: url.host, "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
      body,
    });
    const response = await fetch(url, { method: "POST", headers, body });
    const document = parser.parse(await response.text()) as XmlElement;
    if (!response.ok) throw errorIn(document, response.status);
    return (document[`${action}Response`] as XmlElement)[`${action}Result`] as XmlElement;
  }
}

function errorIn(document: XmlElement, status: number): QueryError {
  const { Code, Message } = (document.ErrorResponse as XmlElement).Error as Record<"Code" | "Message", string>;
  return new QueryError(Code, status, Message);
}
