// Reads forms (application/x-www-form-urlencoded), as the token endpoints take them: each member once (RFC 6749 3.2).
import type { FastifyInstance } from "fastify";
import { HttpError } from "./errors.ts";

const FORM_BYTES_MAX = 16_384;
const MEMBERS_MAX = 30;

/** For the routes that are added to `scope`, in place of JSON. */
export function acceptFormsOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  const options = { parseAs: "string", bodyLimit: FORM_BYTES_MAX } as const;
  scope.addContentTypeParser("application/x-www-form-urlencoded", options, (_request, body, done) => {
    const form = parseForm(String(body));
    if (form === null) done(new HttpError("invalid-request"), undefined);
    else done(null, form);
  });
}

/** Null where a member stands twice, so that nobody reads one of them and somebody else the other. Empty members count as left out. */
function parseForm(text: string): ReadonlyMap<string, string> | null {
  const form = new Map<string, string>();
  const members = [...new URLSearchParams(text)];
  if (members.length > MEMBERS_MAX) return null;
  for (const [name, value] of members) {
    if (form.has(name)) return null;
    form.set(name, value);
  }
  for (const [name, value] of members) if (value === "") form.delete(name);
  return form;
}
