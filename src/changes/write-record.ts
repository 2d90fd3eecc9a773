// What waited, written at last: into the record that it corrects, or as the record that it adds.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import { VaultError, type Written } from "../vault/vault.ts";
import type { ChangeContent } from "./change-row.ts";
import type { ChangesContext } from "./context.ts";
import { givenChange, givenRecord } from "./given-change.ts";

interface ToWrite {
  readonly customerId: Uuid;
  readonly act: Uuid;
  readonly content: ChangeContent;
  readonly fields: Readonly<Record<string, string>>;
  readonly origin?: string | undefined;
}

/** In the caller's transaction. Throws VaultError "stale" where the record moved on, and what the vault refuses. */
export async function writeRecord({ vault }: ChangesContext, tx: Transaction, change: ToWrite): Promise<Written> {
  const { customerId, act, content, fields, origin } = change;
  const from = origin === undefined ? {} : { origin };
  const { recordType, expectedRevision } = content;
  const recordId = asId(content.recordId);
  if (expectedRevision === null) {
    const records = [{ recordId, record: { ...givenRecord(vault, recordType, fields), ...from }, source: null }];
    const units = [{ unitId: asId(content.unitId), create: null, sources: [], records }];
    return (await vault.createMany(tx, act, [{ customerId, create: null, sources: [], units }])).written;
  }
  const given = givenChange(vault, recordType, fields);
  const correction = {
    customerId,
    recordId,
    expectedRevision,
    evenIfSame: true,
    ...given,
    record: { ...given.record, ...from },
  };
  const { results, written } = await vault.correctMany(tx, act, [correction]);
  if (results[0]?.isNothing !== false) throw new VaultError("stale", "nothing in this change is new");
  return written;
}
