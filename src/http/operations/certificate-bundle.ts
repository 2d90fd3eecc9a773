// The certificate of an erasure with its proof: the entry that commits to it, that entry's opening and its receipt.
import type { z } from "zod";
import type { certificateBundle } from "../../../contract/operations.ts";
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import { asId } from "../../kernel/ids.ts";
import type { Opening } from "../../ledger/ledger.ts";
import type { Claimed } from "../../requests/requests.ts";
import { onlyPurpose } from "../customers/write-actor.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";

const ENTRIES_MAX = 500;

type Parts = Pick<Shell, "database" | "keys" | "ledger" | "gate">;
type Bundle = z.output<typeof certificateBundle>;

/** Recorded as an opening that was handed out. Throws HttpError `conflict` before the erasure is final, `not-yet-published`, KeysError `unknown-erasure`. */
export function bundleOf(parts: Parts, asker: Authenticated, erasureId: Uuid): Promise<Bundle> {
  return bundled(parts, erasureId, async (entryId) => {
    const purpose = onlyPurpose(asker) ?? asker.purposes[0];
    if (purpose === undefined) throw new HttpError("not-permitted");
    return (await parts.gate.opening(asker, { entryId, purpose })).opening;
  });
}

/** For whoever was erased, by the code of their request. Throws as `bundleOf`. */
export function claimedBundle(
  parts: Parts,
  { customerId, requestId }: Pick<Claimed, "customerId" | "requestId">,
  erasureId: Uuid,
): Promise<Bundle> {
  return bundled(parts, erasureId, (entryId) => parts.gate.erasureOpening({ entryId, customerId, requestId }));
}

async function bundled(
  { database, keys, ledger }: Parts,
  erasureId: Uuid,
  open: (entryId: Uuid) => Promise<Opening>,
): Promise<Bundle> {
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
  const opening = await open(asId(entryId));
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
