// What a waiting package holds and was erased since, a unit or a whole customer: it leaves no more, and its file is destroyed.
import { asId } from "../kernel/ids.ts";
import type { PackagesContext } from "./context.ts";
import type { PackageContent } from "./package-row.ts";

type Asked = Pick<PackagesContext, "access" | "vault">;
type Held = Pick<PackageContent, "customers" | "units">;

/** GDPR 17(1): the sealed file stands under the recipient's key or the link's, so that it does not go with the key of a unit (docs/decisions/0445). */
export async function holdsErased({ access, vault }: Asked, { customers, units }: Held): Promise<boolean> {
  const customerIds = customers.map(([customerId]) => asId(customerId));
  const authorities = await access.authoritiesOf(customerIds);
  if (customerIds.some((id) => authorities.get(id)?.state?.status === "erased")) return true;
  const headers = (await Promise.all(customerIds.map((id) => vault.loadHeaders(id)))).flat();
  // Of a package from before its units were kept, any may be one of them.
  if (units === null) return headers.some(({ status }) => status === "erased");
  const standing = new Set<string>(headers.filter(({ status }) => status !== "erased").map(({ unitId }) => unitId));
  return !units.every((unitId) => standing.has(unitId));
}

/** For what looks through all that waits: whoever erases moves the customer's revision, so that most need no second look. */
export async function hasMoved({ access }: Pick<Asked, "access">, { customers }: Held): Promise<boolean> {
  const authorities = await access.authoritiesOf(customers.map(([customerId]) => asId(customerId)));
  return customers.some(([customerId, revision]) => authorities.get(asId(customerId))?.revision !== revision);
}
