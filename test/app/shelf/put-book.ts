import type { HttpBinding } from "../../../src/model/contract.ts";
import { label, query } from "../../../src/model/location.ts";
import { string, structure } from "../../../src/model/shape.ts";
import type { Operation } from "../../../src/service/service.ts";

const http: HttpBinding = { method: "PUT", path: "/2026-01-01/books/{Title}", status: 201 };

export const putBook: Operation<unknown> = {
  name: "PutBook",
  http,
  input: structure({ Title: label(string()), Place: query("place", string()), Author: string() }),
  output: structure({ Title: string(), Place: string(), Author: string() }),
  errors: [],
  run: (_context, input) => input,
};
