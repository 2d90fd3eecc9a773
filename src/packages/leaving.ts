// What leaves is lawful when it leaves: what a package rests on is found to be as it was when that was judged, and stays so until the entry of it stands.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import type { PackagesContext } from "./context.ts";
import type { PackageContent } from "./package-row.ts";

/** Revisions of whom the package is about and of who receives it. Whoever withdraws, objects, restricts, erases, suspends or revokes moves one. */
export interface Standing {
  readonly customers: ReadonlyMap<string, number>;
  readonly recipientId: Uuid;
  readonly recipient: number;
}

/** Something of it was changed after it was judged: to be judged again. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/** Read before anything is judged. */
export async function standingOf(
  { access, authority, database }: Pick<PackagesContext, "access" | "authority" | "database">,
  { customers, recipientId }: Pick<PackageContent, "customers" | "recipientId">,
): Promise<Standing> {
  const found = await access.authoritiesOf(customers.map(([customerId]) => asId(customerId)));
  return {
    customers: new Map([...found].map(([customerId, { revision }]) => [customerId, revision])),
    recipientId: asId(recipientId),
    recipient: await authority.revisionOf(database, asId(recipientId)),
  };
}

/** INVARIANT: nothing leaves on a judgement that a commit before it has overtaken. First in its transaction. Throws Overtaken. */
export async function holdStanding(
  { access, authority }: Pick<PackagesContext, "access" | "authority">,
  tx: Transaction,
  { customers, recipientId, recipient }: Standing,
): Promise<void> {
  const now = await access.holdCustomers(
    tx,
    [...customers.keys()].map((id) => asId(id)),
  );
  for (const [customerId, revision] of customers) if (now.get(customerId) !== revision) throw new Overtaken();
  if ((await authority.hold(tx, recipientId)) !== recipient) throw new Overtaken();
}
