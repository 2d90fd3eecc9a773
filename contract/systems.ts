// What systems prove themselves by, their terms and ceilings, and findings.
import { z } from "zod";
import { id, instant } from "./common.ts";
import { assignmentKind } from "./vocabulary.ts";

const amount = z.int().min(0).max(1_000_000_000).nullable().describe("null: no ceiling of this kind");

export const ceilings = z.strictObject({
  requestsAMinute: amount,
  customersAnHour: amount.describe("Customers whose data is opened, shown masked or found"),
  customersADay: amount,
  fieldsAnHour: amount.describe("Values opened"),
  assignmentsAnHour: amount.describe("Assignments given out by a feed"),
});

export const terms = z.strictObject({
  ceilings: ceilings.nullable().describe("null: those of the client's role (governance/access/ceilings.yaml)"),
  assignmentKinds: z
    .array(assignmentKind)
    .max(20)
    .nullable()
    .describe("The kinds of assignment a feed may give out; null: all"),
  actsFor: z.enum(["nobody", "staff"]).describe("Whether it may exchange tokens of persons (RFC 8693)"),
});
export const termsChange = z.strictObject(terms.partial().shape);

const waiting = terms.nullable().describe("Wider terms that bind once a second access administrator has approved them");
export const termsSet = z.strictObject({ ...terms.shape, waiting });

const jwk = z
  .record(z.string().max(100), z.union([z.string().max(4000), z.boolean(), z.array(z.string().max(4000)).max(10)]))
  .describe("A public key (RFC 7517): EC P-256 or P-384, Ed25519, or RSA of 2048 to 4096 bits; its kid is kept");
const pem = z.string().max(20_000).describe("A certificate in PEM, which the client shows in the TLS handshake");
const certificateName = z
  .strictObject({
    type: z.enum(["subject-dn", "san-dns", "san-uri", "san-ip", "san-email"]),
    value: z.string().min(1).max(500),
  })
  .describe("The name a certificate of the server's client authority bears (RFC 8705 2.1.2)");

/** In place of a secret. */
export const proofs = z.strictObject({
  jwks: z.strictObject({ keys: z.array(jwk).min(1).max(10) }).optional(),
  certificate: pem.optional(),
  certificateName: certificateName.optional(),
});
export const proofsDraft = proofs.refine(
  (given) => Object.values(given).some((each) => each !== undefined),
  "give a jwks, a certificate or a certificateName",
);

export const credential = z.strictObject({
  keyId: id.describe("Names it here; not the kid of a key"),
  type: z.enum(["key", "certificate", "certificate-name"]),
  kid: z.string().nullable(),
  algorithm: z.string().nullable(),
  thumbprint: z.string().nullable().describe("x5t#S256 of a certificate"),
  name: certificateName.nullable(),
  addedAt: instant,
  endsAt: instant.nullable(),
  awaitsApproval: z.boolean(),
});

export const clientKeys = z.strictObject({
  items: z.array(credential),
  terms,
  waiting,
  ceilings: ceilings.describe("Those that bind: registered, else of the role"),
});
export const clientKeyParams = z.strictObject({ clientId: id, keyId: id });

export const finding = z.strictObject({
  code: z.enum([
    "static-secrets-allowed",
    "approvals-off",
    "static-secret",
    "awaits-approval",
    "never-approved",
    "no-ceilings",
    "key-old",
    "certificate-ends",
  ]),
  severity: z.enum(["info", "warning", "serious"]),
  clientId: id.nullable(),
  says: z.string(),
});
export const findingList = z.strictObject({ items: z.array(finding) });
