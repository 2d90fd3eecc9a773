// What every change of a demand has in common: whoever may, once, answered by its id.
import type { FastifyInstance } from "fastify";
import type { demandRoutes } from "../../../contract/routes/demands.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import type { Demands } from "../../demands/demands.ts";
import { type Call, serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

type Routes = typeof demandRoutes;
type Changing = Routes["check" | "narrow" | "notice" | "tell" | "review" | "approve" | "object" | "settle" | "close"];
type Who = Parameters<Demands["approve"]>[1];

/** Rights are checked, and refusals recorded, by the domain. */
export function serveChange<R extends Changing>(
  http: FastifyInstance,
  { idempotency }: Shell,
  described: R,
  change: (demandId: Uuid, who: Who, body: Call<R>["body"]) => Promise<void>,
): void {
  serve(http, described, (async ({ params, body, principal, request }: Call<R>) => {
    const demandId = idOf((params as { readonly demandId: string }).demandId);
    return idempotency.once(
      request,
      async (also) => {
        await change(demandId, { actor: principal, also }, body);
        return { id: demandId };
      },
      () => ({ id: demandId }),
    );
  }) as never);
}
