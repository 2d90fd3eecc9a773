// The certificate of an erasure with its proof: the entry that commits to it, that entry's opening and its receipt.
import type { z } from "zod";
import type { certificateBundle } from "../../../contract/operations.ts";
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { asId } from "../../kernel/ids.ts";
import { onlyPurpose } from "../customers/write-actor.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";

const ENTRIES_MAX = 500;

/** Recorded as an opening that was handed out. Throws HttpError `conflict` before the erasure is final, `not-yet-published`, KeysError `unknown-erasure`. */
export async function bundleOf(
  shell: Pick<Shell, "database" | "keys" | "ledger" | "gate">,
  asker: Authenticated,
  erasureId: Uuid,
): Promise<z.output<typeof certificateBundle>> {
  const { database, keys, ledger, gate } = shell;
  const { customerId, state } = await keys.erasure(database, erasureId);
  const bytes = state === "final" ? await keys.erasureCertificate(database, erasureId) : null;
  if (bytes === null) throw new HttpError("conflict", { detail: "the erasure is not final yet" });
  const filter = { kinds: ["erasure-final"] } as const;
  const { items } = await ledger.accountingOpened(customerId, filter, { limit: ENTRIES_MAX }, "cleared");
  const entry = items.find(({ detail }) => detail["erasure"] === erasureId);
  if (entry === undefined) throw new HttpError("conflict", { detail: "the ledger names no end of this erasure" });
  const { entryId } = entry;
  const receipt = await ledger.receipt(asId(entryId), "cleared");
  if (receipt === null) throw new HttpError("not-yet-published");
  const purpose = onlyPurpose(asker) ?? asker.purposes[0];
  if (purpose === undefined) throw new HttpError("not-permitted");
  const { opening } = await gate.opening(asker, { entryId, purpose });
  return {
    v: 1,
    kind: "uberrima.org/erasure-certificate-with-proof",
    certificate: JSON.parse(Buffer.from(bytes).toString("utf8")) as Record<string, unknown>,
    entryId,
    receipt,
    r: opening.r,
    detail: canonicalJson(opening.detail),
  };
}
