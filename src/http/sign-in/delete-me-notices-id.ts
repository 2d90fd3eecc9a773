// DELETE /v1/me/notices/:noticeId
import type { FastifyInstance } from "fastify";
import { ownRoutes } from "../../../contract/routes/sign-in.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function deleteMeNoticesId(http: FastifyInstance, { signIns }: Shell): void {
  serve(http, ownRoutes.dismissNotice, async ({ params, principal }) => {
    const noticeId = idOf(params.noticeId);
    await signIns.dismissNotice(principal, noticeId);
    return { id: noticeId };
  });
}
