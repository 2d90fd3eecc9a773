// What authorizations are handed.
import type { Access } from "../access/access.ts";
import type { AuthorityRows } from "../authority/authority.ts";
import type { Gate, Represented } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import type { Tellings } from "../tellings/tellings.ts";
import type { AuthorizationForm } from "./forms.ts";

/** As src/representation has it. */
interface SigningAuthority extends Pick<Represented, "kind" | "classes"> {
  readonly unitIds: readonly string[] | null;
}

export interface AuthorizationsContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "accountingOpened">;
  readonly vault: Pick<Vault, "loadRecords" | "loadForDecision" | "sealWaiting">;
  readonly gate: Pick<Gate, "readWaiting">;
  readonly forms: ReadonlyMap<string, AuthorizationForm>;
  /** Under whose law a legal entity holds data. */
  readonly jurisdictionOf: (entity: string) => string;
  /** Whether the bytes of this paper of the customer are sealed here. */
  readonly isSealedHere: (customerId: Uuid, recordId: Uuid) => Promise<boolean>;
  /** Those who are to be told of what was withdrawn. */
  readonly tellings: Pick<Tellings, "plan">;
  /** How far this authority to act for the customer reaches; null where it is not in force. */
  readonly authorityToSign: (customerId: Uuid, representationId: Uuid) => Promise<SigningAuthority | null>;
}
