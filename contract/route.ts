// How one operation of the HTTP interface is written down, once, for the server, the SDK and the OpenAPI document alike.
import type { z } from "zod";

type Media =
  | "application/json"
  | "application/octet-stream"
  | "application/x-ndjson"
  | "text/plain"
  | "text/csv"
  | "text/calendar"
  | "application/pdf";

export interface Route {
  readonly id: string;
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With parameters as `:name`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The media type of the body where it is not JSON; such a body is a stream. */
  readonly takes?: Media;
  readonly status: 200 | 201 | 202;
  readonly answer: z.ZodType;
  /** The media type of the answer where it is not JSON. */
  readonly gives?: Media;
  /** The answer of a JSON route that may also be 202: accepted and not finished. */
  readonly repeatable?: "once" | "decided-anew";
  /** Answered without a token. */
  readonly open?: true;
  /** Also for a session in which no second factor was shown yet. */
  readonly half?: true;
  /** Whoever asks is checked again in the ledger, before anything is released. */
  readonly rechecked?: true;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Input<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler gets once everything is parsed. */
export interface Asked<R extends Route> {
  readonly params: Output<R["params"]>;
  readonly query: Output<R["query"]>;
  readonly body: Output<R["body"]>;
}

/** Bytes are described as anything at all, and are there all the same. */
type IsAny<Value> = 0 extends 1 & Value ? true : false;
type Present<Name extends string, Value> =
  IsAny<Value> extends true
    ? { readonly [K in Name]: Blob | Uint8Array }
    : [Value] extends [undefined]
      ? unknown
      : { readonly [K in Name]: Value };
/** What a caller gives: only the parts the operation has. */
export type Asking<R extends Route> = Present<"params", Input<R["params"]>> &
  Present<"query", Input<R["query"]>> &
  Present<"body", Input<R["body"]>>;

export type Answer<R extends Route> = z.output<R["answer"]>;

/** Keeps the exact types of an operation. */
export function route<const R extends Route>(described: R): R {
  return described;
}
