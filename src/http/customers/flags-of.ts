// The flags of a customer as they stand under the customer's seal.
import type { z } from "zod";
import type { flag } from "../../../contract/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";

/** Those not over yet. Throws HttpError `not-found`, and `conflict` when the customer's seal does not verify. */
export async function flagsOf(
  { access, clock }: Pick<Shell, "access" | "clock">,
  customerId: Uuid,
): Promise<z.output<typeof flag>[]> {
  const authority = (await access.authoritiesOf([customerId])).get(customerId);
  if (authority === undefined) throw new HttpError("not-found");
  if (authority.state === null) {
    throw new HttpError("conflict", {
      detail: "what is stored of this customer does not verify; run `uberrima verify data`",
    });
  }
  const now = clock.now();
  return authority.state.flags
    .filter(({ endsAt }) => endsAt === null || new Date(endsAt) > now)
    .map(({ id: flagId, kind, startsAt, endsAt }) => ({ flagId, kind, startsAt, endsAt }));
}
