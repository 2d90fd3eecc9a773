// The queue's row of a request: derived from the request alone, ids, codes and times, with a MAC.
import { z } from "zod";
import { RIGHT_KINDS } from "../clocks/clocks.ts";
import { asToken, type Token, u64be, type Uuid } from "../kernel/bytes.ts";
import { asId, idBytes } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import { isOpen, type RequestRow, type RequestState, STATES } from "./request-row.ts";

export interface QueueRow {
  readonly requestId: Uuid;
  readonly customerId: Uuid;
  readonly kind: (typeof RIGHT_KINDS)[number];
  /** The rule's id in lower case. */
  readonly rule: string;
  readonly state: RequestState;
  readonly identity: "unverified" | "verified" | "not-asked";
  readonly isDuplicate: boolean;
  readonly isStopped: boolean;
  readonly isOpen: boolean;
  readonly receivedAt: Date;
  /** The moment after the due day. */
  readonly dueBefore: Date;
  readonly dueWhat: "acknowledgement" | "answer" | "appeal";
  readonly assigneeId: Uuid | null;
  /** When the next letter is due; not derived, since it says what was sent. */
  readonly remindAt: Date;
  /** Of the request's own row. */
  readonly revision: number;
}

export interface StoredQueueRow extends QueueRow {
  readonly mac: Token;
}

type QueueKeys = Pick<Keys, "authorityMac" | "verifyAuthorityMac">;

const id = z.string().transform(asId);
const storedRow = z.object({
  request_id: id,
  customer_id: id,
  kind: z.enum(RIGHT_KINDS),
  rule: z.string(),
  state: z.enum(STATES),
  identity: z.enum(["unverified", "verified", "not-asked"]),
  is_duplicate: z.boolean(),
  is_stopped: z.boolean(),
  is_open: z.boolean(),
  received_at: z.date(),
  due_before: z.date(),
  due_what: z.enum(["acknowledgement", "answer", "appeal"]),
  assignee_id: id.nullable(),
  remind_at: z.date(),
  revision: z.int().min(1),
});

/** Everything in it but `remindAt` is what the request says. */
export function queueRowOf({ rowId, ownerId, content, revision }: RequestRow, remindAt: Date): QueueRow {
  return {
    requestId: rowId,
    customerId: ownerId,
    kind: content.kind,
    rule: content.ruleId.toLowerCase(),
    state: content.state,
    identity: content.identity.status,
    isDuplicate: content.duplicateOf !== null,
    isStopped: content.due.isStopped,
    isOpen: isOpen(content),
    receivedAt: new Date(content.receivedAt),
    dueBefore: new Date(content.due.before),
    dueWhat: content.due.what,
    assigneeId: content.assigneeId === null ? null : asId(content.assigneeId),
    remindAt,
    revision,
  };
}

export function withMac(keys: QueueKeys, row: QueueRow): StoredQueueRow {
  return { ...row, mac: keys.authorityMac(macParts(row)) };
}

/** Null when its MAC is not ours. */
export function verifiedRow(keys: QueueKeys, row: { readonly mac: Uint8Array }): StoredQueueRow | null {
  const parsed = storedRow.safeParse(row);
  if (!parsed.success) return null;
  const held = parsed.data;
  const read: QueueRow = {
    requestId: held.request_id,
    customerId: held.customer_id,
    kind: held.kind,
    rule: held.rule,
    state: held.state,
    identity: held.identity,
    isDuplicate: held.is_duplicate,
    isStopped: held.is_stopped,
    isOpen: held.is_open,
    receivedAt: held.received_at,
    dueBefore: held.due_before,
    dueWhat: held.due_what,
    assigneeId: held.assignee_id,
    remindAt: held.remind_at,
    revision: held.revision,
  };
  return keys.verifyAuthorityMac(row.mac, macParts(read)) ? { ...read, mac: asToken(row.mac) } : null;
}

/** What both rows say, but for when to remind: that is no word of the request's. */
export function saysTheSame(row: QueueRow, other: QueueRow): boolean {
  const remindAt = row.remindAt;
  return Buffer.concat(macParts(row).map(asBytes)).equals(Buffer.concat(macParts({ ...other, remindAt }).map(asBytes)));
}

const asBytes = (part: Uint8Array | string): Buffer =>
  typeof part === "string" ? Buffer.from(`${part}\0`) : Buffer.from(part);

/** Every column but the MAC itself. */
function macParts(row: QueueRow): (Uint8Array | string)[] {
  return [
    "uberrima/rights-queue/v1",
    idBytes(row.requestId),
    idBytes(row.customerId),
    row.kind,
    row.rule,
    row.state,
    row.identity,
    `${row.isDuplicate} ${row.isStopped} ${row.isOpen}`,
    u64be(row.receivedAt.getTime()),
    u64be(row.dueBefore.getTime()),
    row.dueWhat,
    row.assigneeId === null ? "" : idBytes(row.assigneeId),
    u64be(row.remindAt.getTime()),
    u64be(row.revision),
  ];
}
