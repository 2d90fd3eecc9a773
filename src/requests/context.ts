// What requests are handed.
import type { Access, Authenticated } from "../access/access.ts";
import type { AuthorityRows, LiveRows, RowChange } from "../authority/authority.ts";
import type { Clocks, Place } from "../clocks/clocks.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import type { Tellings } from "../tellings/tellings.ts";
import type { Vault } from "../vault/vault.ts";
import type { Deeds } from "./deeds.ts";

export interface ToldOf {
  readonly customerId: Uuid;
  readonly requestId: Uuid;
  readonly place: Place;
}

export interface RequestsContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest" | "authorityMac" | "verifyAuthorityMac">;
  readonly clock: Clock;
  readonly clocks: Clocks;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "sealWaiting" | "loadForDecision" | "loadRecords">;
  readonly gate: Pick<Gate, "readWaiting" | "useWaiting">;
  /** Those who are to be told of what was corrected, or is disputed. */
  readonly tellings: Pick<Tellings, "plan" | "step" | "has" | "forget">;
  /** By what decisions are carried out, by whoever holds it. */
  readonly deeds: Deeds;
  readonly calls: VerifyingCalls;
  /** Whether several principals are one person. */
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
  /** Writes to the customer that something is to be read, by the clock of the place whose law it is. Never fails. */
  readonly tell: (told: ToldOf, what: "right-received" | "right-news") => Promise<void>;
  /** Of a deed that will be tried again: for logs. */
  readonly onFailure: (error: unknown) => void;
  /** Writes to whoever works on it, or else to the office. Never fails. */
  readonly remind: (reminder: Reminder) => void;
  readonly onAnomaly: (anomaly: { readonly row: "right"; readonly code: QueueFault; readonly id: string }) => void;
}

/** As src/callers has them. */
export interface VerifyingCalls {
  /** Calls under way in which the customer was verified; none while callers have failed too often. */
  verified(customerId: Uuid): Promise<readonly VerifiedCall[]>;
  /** What the call itself says of the request that it shows. */
  shows(callId: Uuid, requestId: Uuid): Alongside;
}

/** A row of the customer beside the request's, by the same change. */
export interface Alongside {
  /** The kind of row that it reads. */
  readonly reads: string;
  /** Under the lock of the customer's rows. Null: what it rests on is no more. */
  row(live: LiveRows): RowChange | null;
}

export interface VerifiedCall {
  readonly callId: Uuid;
  readonly by: "code" | "questions" | "call-back";
  readonly endsAt: Date;
}

export type QueueFault = "forged" | "missing" | "aged" | "extra";

export interface Reminder {
  readonly requestId: Uuid;
  readonly assigneeId: Uuid | null;
  /** As 2026-02-28. */
  readonly dueOn: string;
  readonly isOverdue: boolean;
}

export type Customer = Authenticated & { readonly customerId: Uuid };
