// What is lent for a time: elevations, two-person approvals, emergency access; attestations; teams.
import { z } from "zod";
import { code, cursor, id, instant, pageLimit } from "./common.ts";
import { dataClass, purpose, role, rowScope } from "./vocabulary.ts";

const words = z.string().min(10).max(1000);
const hours = z.int().min(1).max(744);

export const elevationRequest = z.strictObject({
  form: z.literal("elevation"),
  role: role.optional().describe("Another role; then the purposes must be named"),
  purposes: z.array(purpose).min(1).max(30).optional(),
  rowScope: rowScope.optional(),
  groups: z.array(z.string().min(1).max(100)).max(50).optional().describe("Books, blocks or teams, by their names"),
  classes: z.array(dataClass).min(1).max(30).optional().describe("A ceiling of data classes other than one's own"),
  reason: words,
  hours,
});

export const approvalRequest = z.strictObject({
  form: z.literal("two-person"),
  customerId: id,
  classes: z.array(dataClass).min(1).max(30),
  purpose,
  reason: words,
  hours,
});

export const grantRequest = z.discriminatedUnion("form", [elevationRequest, approvalRequest]);

export const grantState = z.enum(["requested", "in-force", "denied", "ended", "awaiting-review", "reviewed"]);

export const grant = z.strictObject({
  grantId: id,
  form: z.enum(["elevation", "two-person", "break-glass"]),
  state: grantState,
  holderId: id.describe("Whom it lends to"),
  reason: z.string(),
  requestedAt: instant,
  untilAt: instant.nullable().describe("In force until then; null while it waits for approval"),
  lends: z
    .strictObject({
      role,
      purposes: z.array(purpose),
      rowScope,
      groups: z.array(id),
      classes: z.array(dataClass).nullable(),
    })
    .nullable()
    .describe("What decides in place of the holder's own; elevations only"),
  about: z
    .strictObject({ customerId: id, classes: z.array(dataClass), purpose })
    .nullable()
    .describe("What two persons approve; two-person approvals only"),
  decisions: z.array(z.strictObject({ by: id, at: instant, approves: z.boolean(), note: z.string().nullable() })),
  reviewBy: instant.nullable().describe("Emergency accesses only"),
  review: z
    .strictObject({ by: id, at: instant, finding: z.enum(["justified", "unjustified"]), note: z.string() })
    .nullable(),
});
export type Grant = z.infer<typeof grant>;

export const grantParams = z.strictObject({ grantId: id });
export const grantQuery = z.strictObject({
  of: z.enum(["mine", "all"]).default("mine").describe("Those of everybody need the right to list them"),
  state: z
    .enum(["live", "ended"])
    .default("live")
    .describe("With of=all: those that wait or are in force, or those that ended"),
  cursor: cursor.optional(),
  limit: pageLimit,
});
export const grantPage = z.strictObject({
  items: z.array(grant),
  unverified: z.array(id).describe("Rows that do not verify and so grant nothing"),
  next: cursor.nullable(),
});
export const grantDecision = z.strictObject({ approves: z.boolean(), note: z.string().min(1).max(1000).optional() });
export const grantChanged = z.strictObject({ grantId: id, state: grantState });

export const breakGlassRequest = z.strictObject({
  reason: words,
  minutes: z.int().min(5).max(1440).default(30),
});
export const breakGlassReview = z.strictObject({ finding: z.enum(["justified", "unjustified"]), note: words });

export const attestationRequest = z.discriminatedUnion("what", [
  z.strictObject({
    what: z.literal("training"),
    principalId: id.describe("Who passed; nobody certifies themselves"),
    course: code,
    passedAt: instant,
  }),
  z.strictObject({ what: z.literal("policy"), policy: code.describe("Acknowledged as it reads now") }),
  z.strictObject({
    what: z.literal("conflict"),
    customerId: id.describe("With whom you have a conflict of interest: from now on you see nothing of them"),
    note: z.string().min(1).max(1000).optional(),
  }),
]);
export const attestation = z.strictObject({
  attestationId: id,
  what: z.enum(["training", "policy", "conflict"]),
  subject: z.string().describe("The course, the policy or the customer"),
  version: z.string().nullable(),
  at: instant,
  validUntil: instant.nullable(),
});
export const attestationQuery = z.strictObject({ principalId: id.optional().describe("Oneself when left out") });
export const attestationList = z.strictObject({ items: z.array(attestation) });
export const attestationParams = z.strictObject({ principalId: id, attestationId: id });
export const attested = z.strictObject({ attestationId: id });

export const principalParams = z.strictObject({ principalId: id });
export const personRequest = z.strictObject({
  personnelNumber: z
    .string()
    .min(1)
    .max(64)
    .describe(
      "Of the person the principal stands for; only a keyed digest is kept. Those that have the same are one person",
    ),
});
export const identified = z.strictObject({ principalId: id });

const teamName = z.string().min(1).max(100);
export const teamRequest = z.strictObject({ name: teamName });
export const teamChange = z.strictObject({ team: teamName, principalId: id, change: z.enum(["add", "remove"]) });
export const team = z.strictObject({ teamId: id, name: z.string() });
export const teamChanged = z.strictObject({ principalId: id });
