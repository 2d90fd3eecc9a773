// People as the directory tells of them, among authority rows: one owner a person, whose principal changes with the role.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Token, Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";

const text = z.string().max(200);
const person = z.strictObject({
  userName: text,
  externalId: text.nullable(),
  givenName: text,
  familyName: text,
  displayName: text,
  emails: z.array(text).max(10),
  /** False once they have left. */
  active: z.boolean(),
  /** Names of the provider's groups that mean something here. */
  groups: z.array(text).max(100),
  /** Whom they act as: another principal with every change of role, so that no old right goes with them. */
  principalId: z.string().nullable(),
  /** In no group that means anything here: the principal is on leave for that reason, and returns when they are in one again. */
  resting: z.boolean(),
  /** The group whose mapping made that principal. */
  mapped: text.nullable(),
});
export type PersonContent = z.infer<typeof person>;
export const PERSON: RowType<PersonContent> = { kind: "person", content: person };
export type Person = Row<PersonContent>;

/** Who the provider's subject is here: found by issuer and subject, owned by the person. */
export const SUBJECT: RowType<Record<string, never>> = { kind: "sso-subject", content: z.strictObject({}) };

export function personLookup(keys: Pick<Keys, "keyedDigest">, userName: string): Token {
  // RFC 7643 4.1.1: userName is compared without regard to case.
  return keys.keyedDigest("person-name", userName.normalize("NFC").toLowerCase());
}

export function subjectLookup(keys: Pick<Keys, "keyedDigest">, issuer: string, subject: string): Token {
  return keys.keyedDigest("sso-subject", issuer, subject);
}

export function principalOf({ content }: Person): Uuid | null {
  return content.principalId === null ? null : parseId(content.principalId);
}
