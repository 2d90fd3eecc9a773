// What packages are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Gate, GatherEntitlements, SealedStatement } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Keys } from "../keys/keys.ts";
import type { Flow } from "./flows.ts";
import type { Mail } from "../mail/mail.ts";
import type { Database } from "../postgres/database.ts";
import type { Recipients } from "../recipients/recipients.ts";
import type { Vault } from "../vault/vault.ts";

export interface PackagesContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly keys: Pick<Keys, "keyedDigest" | "sealUnder" | "openUnder">;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly gate: Pick<Gate, "disclose" | "preview" | "disputedWords">;
  /** What customers say of fields that they dispute, sealed: for the gate. */
  readonly statementsOf: (customerId: Uuid) => Promise<readonly SealedStatement[]>;
  readonly recipients: Pick<Recipients, "file" | "standing" | "addPasskey" | "movePasskey">;
  readonly flows: ReadonlyMap<string, Flow>;
  /** Where browsers reach this server: its origin is what passkeys are bound to. */
  readonly site: () => URL;
  readonly vault: Pick<Vault, "loadUnit" | "loadRecords">;
  /** Of a field path; null where there is no such field. */
  readonly classOf: (path: string) => DataClass | null;
  readonly entitlements: GatherEntitlements;
  readonly mail: Pick<Mail, "put" | "requireSending" | "addressOf">;
}
