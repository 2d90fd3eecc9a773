// SCIM PATCH (RFC 7644 3.5.2), by a library that speaks the dialects of the large directories; what it could be misled by is kept from it.
import { patchBodyValidation, scimPatch, type ScimPatch, type ScimResource } from "scim-patch";
import { z } from "zod";
import { ScimFailure } from "./scim-error.ts";

const OPERATIONS_MAX = 100;
const MEMBERS_MAX = 1000;

const operation = z.object({
  op: z.string().max(10),
  path: z
    .string()
    .max(300)
    .regex(/^[\w\-:.[\]" @+='()]*$/)
    .optional(),
  value: z.unknown().optional(),
});
const body = z.object({
  schemas: z.array(z.string().max(200)).max(10),
  Operations: z.array(operation).min(1).max(OPERATIONS_MAX),
});

/** Words that would reach the language's own objects instead of a resource's attributes. */
const FORBIDDEN = /__proto__|constructor|prototype/i;

/** A copy with the operations applied; the caller parses it anew. Throws ScimFailure. */
export function patched<Resource extends object>(resource: Resource, given: unknown): unknown {
  const parsed = body.safeParse(given);
  if (!parsed.success || FORBIDDEN.test(JSON.stringify(given)))
    throw new ScimFailure(
      400,
      `a PATCH is 1 to ${OPERATIONS_MAX} Operations, each with op, path and value`,
      "invalidSyntax",
    );
  for (const { value } of parsed.data.Operations)
    if (Array.isArray(value) && value.length > MEMBERS_MAX)
      throw new ScimFailure(413, `at most ${MEMBERS_MAX} values at once`, "tooMany");
  const copy = structuredClone(resource) as unknown as ScimResource;
  try {
    const patch = parsed.data as unknown as ScimPatch;
    patchBodyValidation(patch);
    return scimPatch(copy, patch.Operations, { mutateDocument: true, treatMissingAsAdd: true });
  } catch {
    // The library's message quotes what was sent.
    throw new ScimFailure(400, "the operations do not fit the resource", "invalidPath");
  }
}
