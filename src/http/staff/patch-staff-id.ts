// PATCH /v1/staff/:staffId
import type { FastifyInstance } from "fastify";
import { staffRoutes } from "../../../contract/routes/staff.ts";
import type { PrincipalStatus, StatusAction } from "../../access/access.ts";
import { SignInError } from "../../signin/signin.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

const ACTIONS: Readonly<Record<Exclude<PrincipalStatus, "active" | "pending">, StatusAction>> = {
  "on-leave": "staff.leave",
  suspended: "client.suspend",
  revoked: "client.revoke",
};

export function patchStaffId(http: FastifyInstance, { access, idempotency }: Shell): void {
  serve(http, staffRoutes.change, ({ params, body, principal, request }) => {
    const principalId = idOf(params.staffId);
    const { status } = body;
    const answer = { staffId: principalId, status };
    return idempotency.once(
      request,
      async (also) => {
        const before = await access.describePrincipal(principalId);
        const back: StatusAction = before?.status === "on-leave" ? "staff.return" : "client.resume";
        const action = status === "active" ? back : ACTIONS[status];
        // Whoever may not is refused, and that is written down, before it is said whether there is such a person.
        if (access.may(principal, action) && before?.kind !== "staff") throw new SignInError("unknown-person");
        await access.setClientStatus({ principalId, action }, principal, also);
        return answer;
      },
      () => answer,
    );
  });
}
