// Checks in the browser, by WebCrypto and the pinned keys, that a line stands in the log as it is shown. The server is asked for papers, not for verdicts.
import { ask } from "../../shared/ask.ts";
import { pinnedKeys } from "../../shared/verify/pinned-keys.ts";
import { VerifyError } from "../../shared/verify/verify-error.ts";
import { verifyOpening } from "../../shared/verify/verify-opening.ts";
import { verifyReceipt } from "../../shared/verify/verify-receipt.ts";
import type { Line } from "./rows.ts";

export interface CheckedLine {
  /** Entries in the tree that the receipt proves it to be in. */
  readonly size: number;
  /** Also what the line says, not only that there is one: purpose, role and time are those that were committed to. */
  readonly isOpened: boolean;
}

/** Throws VerifyError, and Refused while there is no receipt yet. */
export async function checkLine(line: Line, customerId: string | undefined): Promise<CheckedLine> {
  const { entryId } = line;
  const whose = customerId === undefined ? {} : { customerId };
  const [described, receipt] = await Promise.all([
    ask("describeLog", {}),
    ask("getLineReceipt", { params: { entryId }, query: whose }),
  ]);
  const { logKey } = await pinnedKeys(described, localStorage);
  const { leaf, index, time, size } = await verifyReceipt(receipt, logKey);
  if (index !== line.index || time !== Math.floor(new Date(line.at).getTime() / 1000)) throw differs();
  if (!line.opens) return { size, isOpened: false };
  const opening = await ask("openLine", { params: { entryId }, body: whose });
  const opened = await verifyOpening(leaf, opening.r, opening.detail);
  const says = (name: string): unknown => opened.detail[name] ?? null;
  const isSame =
    opened.entryId === entryId &&
    says("kind") === line.kind &&
    says("purpose") === line.purpose &&
    says("basis") === line.basis &&
    says("role") === line.who.role;
  if (!isSame) throw differs();
  return { size, isOpened: true };
}

function differs(): VerifyError {
  return new VerifyError("not-committed", "the log says something else than this line");
}
