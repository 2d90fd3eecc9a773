// What every change of a demand has in common: whoever may, once, answered by its id.
import type { Uuid } from "../../kernel/bytes.ts";
import type { Demands } from "../../demands/demands.ts";
import type { Call } from "../serve.ts";
import type { Route } from "../../../contract/route.ts";
import { idOf, type Shell } from "../shell.ts";

type Who = Parameters<Demands["approve"]>[1];
type Changing = Pick<Call<Route>, "principal" | "request"> & { readonly params: { readonly demandId: string } };

/** Rights are checked, and refusals recorded, by the domain. */
export async function changeOnce(
  { idempotency }: Pick<Shell, "idempotency">,
  { params, principal, request }: Changing,
  change: (demandId: Uuid, who: Who) => Promise<void>,
): Promise<{ readonly id: Uuid }> {
  const demandId = idOf(params.demandId);
  return idempotency.once(
    request,
    async (also) => {
      await change(demandId, { actor: principal, also });
      return { id: demandId };
    },
    () => ({ id: demandId }),
  );
}
