// For tests: a signed paper, sealed in the customer's relationship.
import type { Uuid } from "../kernel/bytes.ts";
import { asSealed } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import { insertParts } from "./document-store.ts";
import type { Documents } from "./documents.ts";

const NOBODY = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;
const BYTES = Buffer.from("signed and dated");

/** Answers its record. */
export async function sealedPaper(documents: Documents, customerId: string): Promise<Uuid> {
  const unitId = await documents.placeOf(asId(customerId));
  if (unitId === null) throw new Error("the customer has no relationship");
  const filing = { customerId: asId(customerId), unitId, kind: "form", mediaType: "application/pdf", isOwn: false };
  return (await documents.file({ ...filing, bytes: BYTES }, NOBODY)).recordId;
}

/** The bytes of a document that was entered with its customer: filed afterwards, it would have their contacts cool off (src/codes). */
export async function sealBytesOf(
  { vault, database }: { readonly vault: Pick<Vault, "sealWaiting">; readonly database: Database },
  place: { readonly customerId: Uuid; readonly unitId: Uuid; readonly recordId: Uuid },
): Promise<void> {
  const { recordId: waitsIn, ...unit } = place;
  const sealed = await vault.sealWaiting({ ...unit, waitsIn, part: "0" }, BYTES.toString("base64"));
  await insertParts(database, [{ ...place, part: 0, sealed: asSealed(Buffer.from(sealed, "base64url")) }]);
}
