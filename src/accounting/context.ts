// What the accounting is handed.
import type { Access } from "../access/access.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Vault } from "../vault/vault.ts";
import type { AccountingRules } from "./rules.ts";
import type { AccountingWords, Words } from "./words.ts";

export interface AccountingContext {
  readonly access: Pick<Access, "describePrincipal" | "authoritiesOf" | "may">;
  readonly ledger: Pick<Ledger, "append" | "entry" | "accountingOpened" | "receipt" | "opening">;
  readonly vault: Pick<Vault, "loadForDecision" | "registry">;
  readonly gate: Pick<Gate, "standsFor">;
  /** Entries that were withheld while the customer was lawfully told later, and that they are told of now. */
  readonly toldLater: (customerId: Uuid) => Promise<readonly Uuid[]>;
  readonly clock: Clock;
  readonly rules: AccountingRules;
  /** For lists on paper. */
  readonly words: AccountingWords;
  /** Data classes by the names that customers know them by. */
  readonly topics: readonly { readonly class: DataClass; readonly title: Words }[];
  /** Null for one that is not known any more. */
  readonly recipientName: (recipientId: Uuid) => Promise<string | null>;
  /** Answers go out at multiples of this since they were asked for. */
  readonly beatMs: number;
}
