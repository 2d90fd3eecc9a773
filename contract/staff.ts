// Members of staff, their invitations, and resets of what they sign in by.
import { z } from "zod";
import { clientDraft } from "./access.ts";
import { code, cursor, id, instant } from "./common.ts";
import { factors } from "./sign-in.ts";
import { dataClass, line, purpose, role, rowScope } from "./vocabulary.ts";

export const staffDraft = z.strictObject({
  ...clientDraft.shape,
  email: z.string().min(3).max(254).describe("By which they sign in; kept sealed"),
  supervisorId: id.optional().describe("Who may vouch for them in person; never whoever makes them"),
  expiresAt: instant.optional().describe("For whoever is here for a time only"),
});
export const invitationMade = z.strictObject({
  token: z.string(),
  link: z.string().describe("For the person alone: whoever opens it enrols as them. Shown once"),
  endsAt: instant,
});

export const staffMember = z.strictObject({
  staffId: id,
  name: z.string(),
  email: z.string().nullable(),
  role,
  purposes: z.array(purpose),
  rowScope,
  entities: z.array(code),
  lines: z.array(line),
  classes: z.array(dataClass).nullable(),
  supervisorId: id.nullable(),
  status: z.enum(["pending", "active", "on-leave", "suspended", "revoked"]),
  expiresAt: instant.nullable(),
});
export const staffMade = z.strictObject({
  staff: staffMember,
  invitation: invitationMade.nullable().describe("null when an Idempotency-Key is repeated: invite again"),
});
export const staffPage = z.strictObject({
  items: z.array(staffMember),
  unverified: z
    .array(id)
    .describe("Rows that do not verify and so grant nothing: somebody wrote them behind the server's back"),
  next: cursor.nullable(),
});
export const staffParams = z.strictObject({ staffId: id });
export const staffDetails = z.strictObject({
  staff: staffMember,
  factors,
  invitedUntil: instant.nullable(),
  sessions: z.number().int().describe("How many are in force"),
});

export const staffChange = z.strictObject({
  status: z.enum(["active", "on-leave", "suspended", "revoked"]).describe("`active` ends a leave or a suspension"),
});
export const staffStatus = z.strictObject({ staffId: id, status: staffChange.shape.status });
export const supervisorChange = z.strictObject({ supervisorId: id.nullable() });
export const supervisorNamed = z.strictObject({ staffId: id, supervisorId: id.nullable() });

export const resetDraft = z.strictObject({
  path: z
    .enum(["supervisor", "two-people"])
    .describe("The supervisor vouches in person; or somebody called the person back and another one approves"),
  callBack: z
    .strictObject({
      calledAt: instant,
      reference: z.string().min(1).max(200).describe("Where the call is written down; kept sealed"),
    })
    .optional(),
});
export const resetAsked = z.strictObject({
  resetId: id,
  endsAt: instant,
  code: z
    .string()
    .nullable()
    .describe("Tell it to the person on the call-back: the link alone will not do. Shown once"),
});
export const resetParams = z.strictObject({ staffId: id, resetId: id });
export const resetItem = z.strictObject({
  resetId: id,
  staffId: id,
  path: resetDraft.shape.path,
  askedBy: id,
  askedAt: instant,
  endsAt: instant,
});
export const resetPage = z.strictObject({
  items: z.array(resetItem),
  unverified: z.array(id),
  next: cursor.nullable(),
});

/** Over the owner-only local socket alone. */
export const firstPersonRequest = z.strictObject({
  name: z.string().min(1).max(100),
  email: z.string().min(3).max(254),
});
