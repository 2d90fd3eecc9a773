// A webhook as it stands among the authority rows: address, secrets and types sealed, under one head for all of them.
import { z } from "zod";
import type { Row, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { parseId } from "../kernel/ids.ts";
import { EVENT_TYPES } from "./told-of.ts";

const id = z.custom<Uuid>((value) => typeof value === "string" && parseId(value) === value);
const instant = z.iso.datetime();

const content = z.strictObject({
  name: z.string().min(1).max(80),
  url: z.url().max(2000),
  types: z.array(z.enum(EVENT_TYPES)).min(1),
  /** The newest first; older ones sign as well until their time is over. */
  secrets: z
    .array(z.strictObject({ secret: z.string(), until: instant.nullable() }))
    .min(1)
    .max(3),
  requestedBy: id,
  requestedAt: instant,
  approvedBy: id.nullable(),
  /** Events before it are not sent by themselves. */
  approvedAt: instant.nullable(),
  pausedAt: instant.nullable(),
});
export type SubscriptionContent = z.infer<typeof content>;

export const SUBSCRIPTION: RowType<SubscriptionContent> = { kind: "webhook", content };
export type Subscription = Row<SubscriptionContent>;

/** Who owns the rows of all webhooks. */
export const WEBHOOKS = "00000000-0000-8000-8000-00000000da01" as Uuid;

export type SubscriptionState = "requested" | "in-force" | "paused";

export function stateOf({ approvedAt, pausedAt }: SubscriptionContent): SubscriptionState {
  if (approvedAt === null) return "requested";
  return pausedAt === null ? "in-force" : "paused";
}

/** What is shown of one: never a secret. */
export interface SubscriptionFace extends Omit<SubscriptionContent, "secrets"> {
  readonly webhookId: Uuid;
  readonly state: SubscriptionState;
}

export function faceOf({ rowId, content: { secrets: _, ...shown } }: Subscription): SubscriptionFace {
  return { webhookId: rowId, state: stateOf({ secrets: _, ...shown }), ...shown };
}
