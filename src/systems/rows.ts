// What stands among authority rows of a client: what it proves itself by, on what terms it works, and who asked for it.
import { z } from "zod";
import { ASSIGNMENT_KINDS } from "../kernel/vocabulary.ts";
import type { Row, RowType } from "../authority/authority.ts";
import type { AccessToken } from "./access-token.ts";
import { ceilingsSchema } from "./ceilings.ts";
import { registeredCertificate } from "./client-certificate.ts";
import { registeredKey } from "./public-key.ts";

const id = z.uuid();
const instant = z.iso.datetime();

/** Tokens of one key that were ended one by one; beyond these, all that were issued so far end. */
const REVOKED_MAX = 50;

const credential = z.strictObject({
  proof: z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("key"), key: registeredKey }),
    z.strictObject({ type: z.literal("certificate"), certificate: registeredCertificate }),
  ]),
  addedAt: instant,
  requestedBy: id,
  /** Until somebody else than who asked is named here, a credential that needs approval proves nothing. */
  needsApproval: z.boolean(),
  approvedBy: id.nullable(),
  revoked: z.array(z.strictObject({ tokenId: id, endsAt: instant })).max(REVOKED_MAX),
  /** Tokens that end no later than this are ended already. */
  revokedTo: instant.nullable(),
});
export type Credential = z.output<typeof credential>;
/** INVARIANT: what restricts (revoked tokens) stands in the row that grants, so that it cannot be taken away alone. */
export const CREDENTIAL: RowType<Credential> = { kind: "client-credential", content: credential };

const terms = z.strictObject({
  /** null: those of the role. */
  ceilings: ceilingsSchema.nullable(),
  /** The kinds of assignment a feed may give out; null: all. */
  assignmentKinds: z.array(z.enum(ASSIGNMENT_KINDS)).nullable(),
  /** Whether tokens of persons may be exchanged by it (RFC 8693). */
  actsFor: z.enum(["nobody", "staff"]),
});
export type Terms = z.output<typeof terms>;
export const TERMS: RowType<Terms> = { kind: "client-terms", content: terms };
export const USUAL_TERMS: Terms = { ceilings: null, assignmentKinds: null, actsFor: "nobody" };

/** Wider terms that somebody asked for: they bind from the second person's word on. */
const askedTerms = z.strictObject({ terms, requestedBy: id });
export const ASKED_TERMS: RowType<z.output<typeof askedTerms>> = { kind: "client-terms-asked", content: askedTerms };

const registration = z.strictObject({ requestedBy: id, approvedBy: id.nullable() });
export type Registration = z.output<typeof registration>;
export const REGISTRATION: RowType<Registration> = { kind: "client-registration", content: registration };

export function isUsable({ content }: Row<Credential>): boolean {
  return !content.needsApproval || content.approvedBy !== null;
}

export function isRevoked({ content }: Row<Credential>, token: Pick<AccessToken, "tokenId" | "endsAt">): boolean {
  if (content.revokedTo !== null && token.endsAt <= new Date(content.revokedTo)) return true;
  return content.revoked.some(({ tokenId }) => tokenId === token.tokenId);
}

/** The credential with one more of its tokens ended. */
export function withRevoked(
  content: Credential,
  token: Pick<AccessToken, "tokenId" | "endsAt">,
  now: Date,
  endsAtMost: Date,
): Credential {
  const live = content.revoked.filter(({ endsAt }) => now < new Date(endsAt));
  if (live.length >= REVOKED_MAX) return { ...content, revoked: [], revokedTo: endsAtMost.toISOString() };
  return { ...content, revoked: [...live, { tokenId: token.tokenId, endsAt: token.endsAt.toISOString() }] };
}
