// Reads JSON bodies strictly. The language's own parser quotes its input in messages, and Node decodes broken UTF-8 silently.
import { isUtf8 } from "node:buffer";
import type { FastifyInstance } from "fastify";
import { hasRepeatedName } from "../kernel/json-names.ts";
import { HttpError } from "./errors.ts";

/** Replaces the framework's parsers: only JSON is read, whole, within `bytesMax`. */
export function acceptJsonOnly(http: FastifyInstance, bytesMax: number): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("application/json", { parseAs: "buffer", bodyLimit: bytesMax }, (_request, body, done) => {
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error as HttpError, undefined);
    }
  });
}

/** RFC 8259 8.1: JSON is UTF-8. Throws HttpError, whose message never quotes the body and which carries no cause. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) throw new HttpError("empty-body");
  // INVARIANT: what is sealed is what was sent; a silent U+FFFD would be neither.
  if (!isUtf8(body)) throw new HttpError("invalid-utf8");
  const text = body.toString("utf8");
  let value: unknown;
  let hasHalf: boolean;
  try {
    value = JSON.parse(text);
    // RFC 8259 8.2: an escape may stand for half a character, which would be sealed, compared and hashed as U+FFFD like every other half.
    hasHalf = /\\u[dD]/.test(text) && HALF_CHARACTER.test(JSON.stringify(value));
  } catch {
    throw new HttpError("malformed-json");
  }
  if (hasHalf) throw new HttpError("invalid-utf8");
  // INVARIANT: what is decided on is what was sent. Of two members with one name, whoever checks the request on its way may read the other.
  if (hasRepeatedName(text, value)) throw new HttpError("repeated-name");
  return value;
}

/** JSON.stringify escapes surrogates that stand alone, and no others; a backslash of the text's own is doubled. */
const HALF_CHARACTER = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;
