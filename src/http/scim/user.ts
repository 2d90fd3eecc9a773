// A person as a SCIM user (RFC 7643 4.1), and what a SCIM user says of a person.
import { z } from "zod";
import type { Person, PersonDraft } from "../../federation/federation.ts";
import { ScimFailure } from "./scim-error.ts";

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";

const text = z.string().max(200);
/** Some directories send booleans as words. */
const active = z.union([
  z.boolean(),
  z.enum(["True", "False", "true", "false"]).transform((word) => /^true$/i.test(word)),
]);
/** RFC 7644 3.3: what is not known is passed over. */
const incoming = z.object({
  userName: text.min(1),
  externalId: text.nullish(),
  name: z.object({ givenName: text.nullish(), familyName: text.nullish() }).nullish(),
  displayName: text.nullish(),
  emails: z
    .array(z.object({ value: text.nullish() }))
    .max(10)
    .nullish(),
  active: active.default(true),
});

/** Groups are not a user's to say (readOnly): they stay as they were. Throws ScimFailure. */
export function draftOfUser(resource: unknown, groups: readonly string[]): PersonDraft {
  const parsed = incoming.safeParse(resource);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path[0];
    throw new ScimFailure(
      400,
      `not a user: ${typeof where === "string" && where in incoming.shape ? where : "the whole"} is not as it must be`,
      "invalidValue",
    );
  }
  const { userName, externalId, name, displayName, emails, active: isActive } = parsed.data;
  return {
    userName,
    externalId: externalId ?? null,
    givenName: name?.givenName ?? "",
    familyName: name?.familyName ?? "",
    displayName: displayName ?? "",
    emails: (emails ?? []).flatMap(({ value }) => (value == null || value === "" ? [] : [value])),
    active: isActive,
    groups: [...groups],
  };
}

export interface UserResource {
  readonly [attribute: string]: unknown;
  readonly id: string;
  readonly userName: string;
}

export function userOf({ ownerId, revision, content }: Person, groupIdOf: (name: string) => string): UserResource {
  const { userName, externalId, givenName, familyName, displayName, emails, groups } = content;
  return {
    schemas: [USER_SCHEMA],
    id: ownerId,
    ...(externalId === null ? {} : { externalId }),
    userName,
    name: { givenName, familyName, formatted: `${givenName} ${familyName}`.trim() },
    displayName,
    emails: emails.map((value, at) => ({ value, type: "work", primary: at === 0 })),
    active: content.active,
    groups: groups.map((name) => ({ value: groupIdOf(name), display: name, type: "direct" })),
    meta: { resourceType: "User", location: `/scim/v2/Users/${ownerId}`, version: `W/"${revision}"` },
  };
}
