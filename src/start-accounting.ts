// Opens who has looked at it: the lists of the law, the words on paper, and what recipients are called.
import { join } from "node:path";
import {
  type Accounting,
  type AccountingContext,
  loadAccountingWords,
  openAccounting,
} from "./accounting/accounting.ts";
import type { Config } from "./config.ts";
import { SEARCH_BEAT_MS } from "./disclosure/disclosure.ts";
import type { Uuid } from "./kernel/bytes.ts";
import { type Recipients, RecipientsError } from "./recipients/recipients.ts";

type Parts = Pick<AccountingContext, "access" | "ledger" | "vault" | "gate" | "clock"> & {
  readonly recipients: Pick<Recipients, "file">;
};

/** Throws AccountingError `bad-governance`. */
export function accountingOf(
  config: Pick<Config, "governanceFolder">,
  parts: Parts,
  given: Pick<AccountingContext, "rules" | "topics" | "toldLater">,
): Accounting {
  const words = loadAccountingWords(join(config.governanceFolder, "portal"));
  const recipientName = nameOf(parts.recipients);
  return openAccounting({ ...parts, ...given, words, recipientName, beatMs: SEARCH_BEAT_MS });
}

/** Null for one that is not known any more. */
function nameOf(recipients: Pick<Recipients, "file">): AccountingContext["recipientName"] {
  return async (recipientId: Uuid) => {
    try {
      return (await recipients.file(recipientId)).recipient.content.name;
    } catch (error) {
      if (error instanceof RecipientsError) return null;
      throw error;
    }
  };
}
