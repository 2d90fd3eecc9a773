// The register of third parties: who may be given something, under which contract, by which key.
import { z } from "zod";
import { fieldPath, id, instant, written } from "./common.ts";
import { dataClass, line, purpose, recipientType } from "./vocabulary.ts";

const jurisdiction = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/)
  .describe("ISO 3166-1 or -2, e.g. DE or US-NY");

const details = {
  name: z.string().min(1).max(200),
  type: recipientType,
  jurisdiction,
  contact: z.email().max(254).nullable().describe("Where one-time codes for rooms go"),
  postalAddress: z
    .array(written(60))
    .max(5)
    .describe("Where letters go: street and place, a line each, without the name"),
  identityProvider: z
    .string()
    .regex(/^https:\/\/[A-Za-z0-9.:/_-]{1,290}$/)
    .nullable()
    .describe("The issuer through which its own people sign in"),
  identityClientId: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .nullable()
    .describe("What this server is called there"),
  subcontractors: z
    .array(z.strictObject({ name: z.string().min(1).max(200), jurisdiction, service: z.string().min(1).max(200) }))
    .max(50),
  verification: z.string().min(1).max(1000).describe("How identity and authority were verified (45 CFR 164.514(h))"),
};

export const recipientDraft = z.strictObject({
  ...details,
  contact: details.contact.default(null),
  postalAddress: details.postalAddress.default([]),
  identityProvider: details.identityProvider.default(null),
  identityClientId: details.identityClientId.default(null),
  identityClientSecret: z
    .string()
    .regex(/^[\x21-\x7e]{16,300}$/)
    .nullable()
    .optional()
    .describe(
      "By which this server proves itself there, and which is never shown again; null: a public client, bound by its proof key. Left out: as before, where provider and client are the same",
    ),
  subcontractors: details.subcontractors.default([]),
});

const asked = {
  requestedBy: id,
  requestedAt: instant,
  approvedBy: id.nullable().describe("null until a second person approved it"),
  approvedAt: instant.nullable(),
};

const exitMethod = z.enum(["returned", "destroyed", "kept-by-law"]);
export const recipientExit = z.strictObject({
  method: exitMethod.describe("What became of what the recipient was given"),
  reference: z.string().min(1).max(200).describe("Of the certificate"),
});

export const recipient = z.strictObject({
  recipientId: id,
  ...details,
  hasIdentityClientSecret: z.boolean(),
  state: z.enum(["requested", "active", "suspended", "ended"]).describe("Only to an active one anything is sent"),
  ...asked,
  exit: recipientExit.extend({ at: instant, by: id }).nullable(),
});

const terms = {
  kind: z
    .enum(["treaty", "business-associate", "processor", "service", "data-sharing", "mandate"])
    .describe("A mandate says what law has a public authority receive, and is no contract"),
  reference: z.string().min(1).max(200),
  purposes: z.array(purpose).min(1).max(23),
  classes: z.array(dataClass).min(1).max(15),
  fields: z.array(fieldPath).min(1).max(200).nullable().describe("null: all fields of the classes"),
  lines: z.array(line).min(1).max(7).nullable().describe("null: all lines of business"),
  jurisdictions: z.array(jurisdiction).min(1).max(60).describe("Where it may be held and used"),
  transferBasis: z
    .enum(["none-needed", "adequacy", "standard-clauses", "binding-rules", "derogation"])
    .describe("What makes a transfer abroad lawful (GDPR Art. 45-49), where it is one"),
  tokens: z
    .enum(["deterministic", "random", "format-preserving"])
    .describe("What stands in place of values where tokens are sent; no two recipients can join theirs"),
  startsAt: instant,
  endsAt: instant.nullable(),
};
export const recipientContractDraft = z.strictObject({
  ...terms,
  fields: terms.fields.default(null),
  lines: terms.lines.default(null),
  transferBasis: terms.transferBasis.default("none-needed"),
  tokens: terms.tokens.default("deterministic"),
  endsAt: terms.endsAt.default(null),
});
export const recipientContract = z.strictObject({
  contractId: id,
  ...terms,
  ...asked,
  isInForce: z.boolean().describe("Approved, begun and not ended"),
});

export const recipientKeyDraft = z.strictObject({
  publicKey: z
    .string()
    .min(62)
    .max(3000)
    .describe("An age recipient: age1... (X25519) or age1pq1... (post-quantum hybrid)"),
});
export const recipientKey = z.strictObject({
  keyId: id,
  kind: z.enum(["x25519", "hybrid"]),
  publicKey: z.string(),
  fingerprint: z.string().describe("For two people to compare by telephone before the key is approved"),
  ...asked,
});

export const recipientPasskey = z.strictObject({
  passkeyId: id,
  addedAt: instant,
  usedAt: instant.nullable(),
  packageId: id.describe("The room that was opened when it was made"),
});

export const recipientFile = recipient.extend({
  contracts: z.array(recipientContract),
  keys: z.array(recipientKey),
  passkeys: z.array(recipientPasskey).describe("By which people at the registered contact open rooms"),
});
export const listedRecipient = recipient.extend({
  contractsInForce: z.int(),
  endsAt: instant
    .nullable()
    .describe("When the first of the contracts in force ends; null where none of them has an end"),
  approvedKeys: z.int(),
  waiting: z.int().describe("Contracts and keys that wait for a second person"),
});
export const recipientParams = z.strictObject({ recipientId: id });
export const contractParams = z.strictObject({ recipientId: id, contractId: id });
export const recipientPasskeyParams = z.strictObject({ recipientId: id, passkeyId: id });
export const keyParams = z.strictObject({ recipientId: id, keyId: id });

export const givenTokens = z.strictObject({
  items: z.array(
    z.strictObject({
      field: fieldPath,
      purpose,
      style: recipientContract.shape.tokens,
      tokens: z.int().describe("How many there are; none of them is ever shown"),
      customers: z.int(),
      firstAt: instant,
      lastAt: instant.describe("When one was last given"),
      tracedAt: instant.nullable().describe("When somebody last asked, through the gate, what one stands for"),
    }),
  ),
});
export const givenTokensParams = z.strictObject({ recipientId: id, field: fieldPath });
