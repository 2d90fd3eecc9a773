// API clients, assignments, bootstrap.
import { z } from "zod";
import { code, cursor, id, instant, pageLimit } from "./common.ts";
import { proofs, termsChange } from "./systems.ts";
import { assignmentKind, dataClass, line, purpose, role, rowScope } from "./vocabulary.ts";

export const clientDraft = z.strictObject({
  name: z.string().min(1).max(100),
  role,
  purposes: z.array(purpose).min(1).max(30),
  rowScope: rowScope.default("assignments"),
  groups: z.array(z.string().min(1).max(100)).max(50).default([]).describe("Books, blocks or teams, by their names"),
  entities: z.array(code).max(50).default([]).describe("Legal entities, each by its code; none of them means none"),
  lines: z.array(line).max(10).default([]).describe("Lines of business, each by name; none of them means none"),
  classes: z
    .array(dataClass)
    .max(30)
    .optional()
    .describe("No data class beyond these; service accounts must name theirs"),
  proofs: proofs
    .optional()
    .describe(
      "Public keys or certificate by which it proves itself; without them it gets a secret, where those are allowed",
    ),
  withSecondPerson: z
    .boolean()
    .default(false)
    .describe("It waits for a second access administrator's approval, also where its role and this server need none"),
  terms: termsChange.optional().describe("Ceilings and the like; those of the role when left out"),
  expiresAt: instant
    .optional()
    .describe("Within the limit for the role; a year from now, or that limit, when left out"),
});

export const client = z.strictObject({
  clientId: id,
  name: z.string(),
  role,
  purposes: z.array(purpose),
  rowScope,
  entities: z.array(code),
  lines: z.array(line),
  classes: z.array(dataClass).nullable(),
  status: z.enum(["pending", "active", "on-leave", "suspended", "revoked"]),
  hasSecret: z.boolean().describe("Whether it proves itself by a static secret, which is for development"),
  expiresAt: instant.nullable(),
});

export const clientPage = z.strictObject({
  items: z.array(client),
  unverified: z
    .array(id)
    .describe("Rows that do not verify and so grant nothing: somebody wrote them behind the server's back"),
  next: cursor.nullable(),
});

export const clientCreated = z.strictObject({
  client,
  unknownEntities: z
    .array(code)
    .optional()
    .describe("Of the legal entities named, those that no feed is mapped to: perhaps not what was meant"),
  token: z
    .string()
    .nullable()
    .describe(
      "Shown once; send it as `Authorization: Bearer`. null for a client with keys, and when an Idempotency-Key is repeated: rotate the secret",
    ),
});
export const clientParams = z.strictObject({ clientId: id });
export const clientChange = z.strictObject({ status: z.enum(["active", "suspended", "revoked"]) });
export const clientStatus = z.strictObject({ clientId: id, status: z.enum(["active", "suspended", "revoked"]) });
export const clientSecret = z.strictObject({ token: z.string() });

export const assignmentDraft = z
  .strictObject({
    customerId: id,
    unitId: id.optional().describe("Only this claim, policy or case; leave out for the whole customer"),
    clientId: id.optional(),
    group: z.string().min(1).max(100).optional().describe("Assign to everyone in this group instead of one client"),
    kind: assignmentKind,
    startsAt: instant.optional(),
    endsAt: instant.optional(),
  })
  .refine((draft) => (draft.clientId === undefined) !== (draft.group === undefined), "name either a client or a group");
export const assignment = z.strictObject({
  assignmentId: id,
  customerId: id,
  unitId: id.nullable(),
  assigneeId: id,
  kind: assignmentKind,
  startsAt: instant,
  endsAt: instant.nullable(),
});
export const assignmentParams = z.strictObject({ customerId: id, assignmentId: id });
export const assignmentQuery = z.strictObject({ clientId: id, cursor: cursor.optional(), limit: pageLimit });

/** Over the owner-only local socket alone. */
export const bootstrapRequest = z.strictObject({ name: z.string().min(1).max(100), proofs: proofs.optional() });
export const localApproval = z.strictObject({ clientId: id });
