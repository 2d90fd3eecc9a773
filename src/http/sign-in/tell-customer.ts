// Customers are told by letter of what happened to their passkeys.
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import type { Shell } from "../shell.ts";

export async function tellCustomer(
  { portal }: Pick<Shell, "portal">,
  { kind, customerId }: Authenticated,
  factorId: Uuid,
): Promise<void> {
  if (kind === "customer" && customerId !== null)
    await portal.write({ customerId, name: "passkeys-changed", serves: factorId });
}
