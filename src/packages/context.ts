// What packages are handed.
import type { Access, Authenticated } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { DisclosureAnswer, Gate, GatherEntitlements, SealedStatement, Terms } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Keys } from "../keys/keys.ts";
import type { Flow } from "./flows.ts";
import type { Mail } from "../mail/mail.ts";
import type { Database } from "../postgres/database.ts";
import type { Recipients } from "../recipients/recipients.ts";
import type { Vault } from "../vault/vault.ts";

/** What a customer signed, as whoever is to act on it has to know it (45 CFR 164.508(c)). */
export interface SignedTerms {
  /** Code and title of its form, in English as the record formats are. */
  readonly form: string;
  readonly title: string;
  readonly signedAt: string;
  readonly signedBy: "customer" | "representative";
  readonly expiresAt: string | null;
  /** Parts of the body, kinds of diagnosis, dates of service; null where it was narrowed to none. */
  readonly narrowing: {
    readonly bodyParts: readonly string[];
    readonly diagnoses: readonly string[];
    readonly servicesFrom: string | null;
    readonly servicesTo: string | null;
  } | null;
}

/** A paper that the gate disclosed. */
interface GivenPaper extends Pick<DisclosureAnswer, "disclosureId" | "restedOn"> {
  readonly unitId: Uuid;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly sha256: string;
}

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
  readonly vault: Pick<Vault, "loadUnit" | "loadHeaders" | "loadRecords">;
  /** Of a field path; null where there is no such field. */
  readonly classOf: (path: string) => DataClass | null;
  readonly entitlements: GatherEntitlements;
  /** Opened in the reader's name, which is an entry; null where there is no such authorization. */
  readonly signedTerms: (
    reader: Authenticated,
    at: { readonly customerId: Uuid; readonly authorizationId: Uuid },
  ) => Promise<SignedTerms | null>;
  readonly documents: {
    /** Throws DocumentError `not-shown`, `no-file`, `not-whole`. */
    readonly read: (
      asker: Authenticated,
      asked: Pick<Terms, "purpose" | "basis" | "justification" | "recipient"> & {
        readonly customerId: Uuid;
        readonly recordId: Uuid;
      },
    ) => Promise<GivenPaper>;
  };
  readonly mail: Pick<Mail, "put" | "requireSending" | "addressOf">;
}
