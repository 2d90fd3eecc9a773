// What fulfilment is handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { DemandedPapers, Gate, SealedStatement } from "../disclosure/disclosure.ts";
import type { Documents } from "../documents/documents.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";

export const LANGUAGES = ["en", "es", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
export type Words = Readonly<Record<Language, string>>;

/** Data classes by the names that customers know them by, in the order they are shown in. */
export interface Topic {
  readonly class: DataClass;
  readonly title: Words;
  readonly text: Words;
}

export interface FulfilmentContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "registry" | "loadForDecision" | "loadRecords" | "sealWaiting" | "links">;
  readonly gate: Pick<Gate, "disclose" | "disputedWords" | "readWaiting" | "useValues">;
  readonly documents: Pick<Documents, "bytesOf">;
  /** Records of papers that legal demands rest on. */
  readonly demandedPapers: DemandedPapers;
  /** What the customer says of fields that they dispute, sealed. */
  readonly statementsOf: (customerId: Uuid) => Promise<readonly SealedStatement[]>;
  readonly topics: readonly Topic[];
  /** What kinds of records are called; those left out bear the schema's label. */
  readonly recordWords: Readonly<Record<string, Words>>;
  /** Told once a copy that answers a request was fetched. Never fails. */
  readonly onFetched: (at: { readonly customerId: Uuid; readonly requestId: Uuid }) => Promise<void>;
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
}
