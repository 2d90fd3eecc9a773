// A package that may still be picked up, found by the secret of its link; and any package by its id.
import { activeFlags } from "../access/access.ts";
import type { Registered } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { requireWaiting } from "./change-package.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";
import { PACKAGE, type PackageContent, type PackageRow } from "./package-row.ts";
import { lookupOf } from "./seal-file.ts";
import { isServed } from "./served.ts";

export async function findPackage(
  { authority, database }: Pick<PackagesContext, "authority" | "database">,
  packageId: Uuid,
): Promise<PackageRow | null> {
  return authority.get(database, PACKAGE, { ownerId: packageId, rowId: packageId });
}

/** Nobody learns why there is nothing to pick up. Throws PackagesError `unknown-package`. */
export async function waitingPackage(
  context: PackagesContext,
  secret: string,
  delivery: PackageContent["delivery"],
): Promise<PackageRow> {
  const row = await context.authority.find(context.database, PACKAGE, lookupOf(context.keys, secret));
  if (row === null || row.content.delivery !== delivery) throw new PackagesError("unknown-package");
  requireWaiting(row.content, context.clock.now());
  await requireStillLawful(context, row.content);
  return row;
}

/**
 * INVARIANT: what was disclosed leaves only while it still might be: the recipient is served, its key stands, nobody it is about was erased or
 * restricted since, and what was sent on an authorization has one in force. Throws PackagesError `unknown-package`.
 */
async function requireStillLawful(context: PackagesContext, content: PackageContent): Promise<void> {
  const { recipients, access, clock, vault } = context;
  const unknown = new PackagesError("unknown-package");
  const { recipientId, keyId, customers, openUnits } = content;
  const standing = await recipients.standing(asId(recipientId));
  if (standing === null || !isServed(standing, content)) throw unknown;
  if (keyId !== null) {
    const { keys } = await recipients.file(asId(recipientId));
    if (!keys.some(({ rowId, content: key }) => rowId === keyId && key.approvedBy !== null)) throw unknown;
  }
  for (const [customerId, unitId] of openUnits) {
    const unit = await vault.loadUnit({ customerId: asId(customerId), unitId: asId(unitId) });
    if (unit?.header.status !== "open") throw unknown;
  }
  const authorities = await access.authoritiesOf(customers.map(([customerId]) => asId(customerId)));
  for (const [customerId, revision] of customers) {
    const now = authorities.get(asId(customerId));
    if (now?.state == null || now.state.status === "erased") throw unknown;
    if (now.revision !== revision && activeFlags(now.state, clock.now()).includes("restricted")) throw unknown;
  }
  if (!(await isStillAuthorized(context, standing.type, content))) throw unknown;
}

/** Withdrawn, or run out, before it left: nobody has relied on it yet (45 CFR 164.508(b)(5)). Asked as for whoever made it, who rests on no capture of their own. */
async function isStillAuthorized(
  { access, entitlements }: PackagesContext,
  type: Registered["type"],
  { basis, purpose, recipientId, customers, madeBy }: PackageContent,
): Promise<boolean> {
  if (basis !== "authorization") return true;
  const asked = [...(await access.authoritiesOf(customers.map(([customerId]) => asId(customerId))))].map(
    ([customerId, { revision }]) => ({ customerId, revision }),
  );
  const terms = { purpose, basis, recipient: { type, recipientId: asId(recipientId) } };
  const found = await entitlements({ principalId: asId(madeBy) }, asked, terms);
  return asked.every(({ customerId }) => (found.get(customerId) ?? []).some(({ kind }) => kind === "authorization"));
}
