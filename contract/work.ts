// The day's work: what is assigned to somebody, what waits for them, whom they saw lately.
import { z } from "zod";
import { assignment } from "./access.ts";
import { cursor, id, instant, pageLimit } from "./common.ts";
import { entryKind, purpose } from "./vocabulary.ts";

export const waitingKind = z.enum([
  "grant",
  "break-glass",
  "reset",
  "client",
  "staff",
  "alert",
  "review",
  "change",
  "call-back",
  "representation",
  "catastrophe",
  "erasure",
  "key",
  "right",
  "demand",
  "demand-notice",
  "dilemma",
  "disposal",
  "notice-round",
  "retention-maximum",
  "letter",
  "contract",
  "authorization",
  "telling",
]);

export const waiting = z.strictObject({
  kind: waitingKind,
  id: id.nullable().describe("Of the thing itself, by which its own operation takes it; null for a version of a key"),
  what: z
    .string()
    .describe(
      "More of it: elevation, two-person; supervisor, two-people; client, key, terms; an alert's theme; a key's domain",
    ),
  principalId: id.nullable().describe("Whom it is about"),
  customerId: id.nullable(),
  since: instant.nullable(),
  dueAt: instant.nullable(),
  dueOn: z.iso
    .date()
    .nullable()
    .describe("The day at whose end it falls due, where a law's clock sets it: the same day wherever it is read"),
  count: z.int().describe("Undecided lines, of a review"),
});

export const workQuery = z.strictObject({ cursor: cursor.optional(), limit: pageLimit });
export const work = z.strictObject({
  assignments: z.array(assignment).describe("In force now, yours and your groups', in the order of their customers"),
  next: cursor.nullable(),
  waiting: z
    .array(waiting)
    .describe("What you may act on, the most urgent first; on the first page only. Nothing in it grants anything"),
  isCut: z.boolean().describe("More waits than is listed"),
});
export type WorkAnswer = z.infer<typeof work>;

export const recentQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(20) });
export const recent = z.strictObject({
  items: z.array(
    z.strictObject({
      customerId: id,
      lastAt: instant,
      kind: entryKind,
      purpose: purpose.nullable(),
    }),
  ),
});
