// A package that may still be picked up, found by the secret of its link; and any package by its id.
import { activeFlags, flagsSince } from "../access/access.ts";
import { noesBearingOn, type Registered, restingOn } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { type Changed, changePackage, type Changing, requireWaiting } from "./change-package.ts";
import type { PackagesContext } from "./context.ts";
import { holdsErased } from "./erased-since.ts";
import { PackagesError } from "./errors.ts";
import { Overtaken, standingOf } from "./leaving.ts";
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
  const row = await foundWaiting(context, secret, delivery);
  await requireStillLawful(context, row.content);
  return row;
}

async function foundWaiting(
  { authority, clock, database, keys }: PackagesContext,
  secret: string,
  delivery: PackageContent["delivery"],
): Promise<PackageRow> {
  const row = await authority.find(database, PACKAGE, lookupOf(keys, secret));
  if (row === null || row.content.delivery !== delivery) throw new PackagesError("unknown-package");
  requireWaiting(row.content, clock.now());
  return row;
}

const TRIES = 3;

/** Takes it out: judged, and judged again where something was changed meanwhile. Throws PackagesError `unknown-package` and whatever `change` throws. */
export async function takeWaiting(
  context: PackagesContext,
  { secret, delivery }: { readonly secret: string; readonly delivery: PackageContent["delivery"] },
  changing: Omit<Changing, "row" | "standing">,
): Promise<Changed & { readonly packageId: Uuid }> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const row = await foundWaiting(context, secret, delivery);
    const standing = await standingOf(context, row.content);
    await requireStillLawful(context, row.content);
    try {
      return { packageId: row.rowId, ...(await changePackage(context, { ...changing, row, standing })) };
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  throw new PackagesError("unknown-package");
}

/**
 * INVARIANT: what was disclosed leaves only while it still might be: the recipient is served, its key stands, nobody it is about was erased or restricted or
 * said no since, and what it rested on stands, that very one. Throws PackagesError `unknown-package`.
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
  if (await holdsErased(context, content)) throw unknown;
  const authorities = await access.authoritiesOf(customers.map(([customerId]) => asId(customerId)));
  for (const [customerId, revision] of customers) {
    const now = authorities.get(asId(customerId));
    if (now?.state == null || now.state.status === "erased") throw unknown;
    if (now.revision !== revision && activeFlags(now.state, clock.now()).includes("restricted")) throw unknown;
    if (isForbiddenSince(content, { customerId, type: standing.type, ...now.state }, clock.now())) throw unknown;
  }
  if (!(await restsStill(context, standing.type, content))) throw unknown;
}

type Marked = Parameters<typeof activeFlags>[0] & {
  readonly customerId: string;
  readonly type: Registered["type"];
};

/**
 * What the customer said, or a court ordered for their protection, after the gate had decided. What a process demands leaves all the same, as it would if it
 * were asked for now; an agreement of before is older than the no.
 */
function isForbiddenSince(
  { purpose, grounds, madeAt }: PackageContent,
  { customerId, type, flags }: Marked,
  now: Date,
): boolean {
  const since = flagsSince({ flags }, new Date(madeAt));
  const kinds = activeFlags({ flags: since }, now);
  if (kinds.includes("restricted")) return true;
  const rested = grounds.filter(([of]) => of === customerId).map(([, kind]) => kind);
  if (kinds.includes("protection-order") && rested.length === 0) return true;
  const noes = rested.includes("legal-process") ? [] : noesBearingOn(purpose, type);
  return noes.some((no) => kinds.includes(no));
}

/**
 * Withdrawn, objected to, or run out, before it left: nobody has relied on it yet (45 CFR 164.508(b)(5)). Another ground that would do is no ground of this
 * package. Asked as for whoever made it, who rests on no capture or approval of their own.
 */
async function restsStill(
  { access, entitlements }: PackagesContext,
  type: Registered["type"],
  { basis, purpose, recipientId, customers, madeBy, grounds }: PackageContent,
): Promise<boolean> {
  if (basis !== "authorization" && grounds.length === 0) return true;
  const asked = [...(await access.authoritiesOf(customers.map(([customerId]) => asId(customerId))))].map(
    ([customerId, { revision }]) => ({ customerId, revision }),
  );
  const terms = { purpose, basis, recipient: { type, recipientId: asId(recipientId) } };
  const found = await entitlements({ principalId: asId(madeBy) }, asked, terms);
  const standing = [...found].flatMap(([customerId, theirs]) => theirs.map((one) => restingOn(customerId, one)));
  const stands = ([customerId, kind, id, reach]: PackageContent["grounds"][number]): boolean =>
    standing.some((one) => one.customerId === customerId && one.kind === kind && one.id === id && one.reach === reach);
  if (!grounds.every(stands)) return false;
  // Where no field that was released is covered by one, the flow or the sender rested on there being one.
  const isAgreed = (customerId: Uuid): boolean =>
    standing.some((one) => one.customerId === customerId && one.kind === "authorization");
  return basis !== "authorization" || asked.every(({ customerId }) => isAgreed(customerId));
}
