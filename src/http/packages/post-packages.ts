// POST /v1/packages
import type { FastifyInstance } from "fastify";
import { packageRoutes } from "../../../contract/routes/packages.ts";
import type { Authenticated } from "../../access/access.ts";
import type { MadePackage } from "../../packages/packages.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { packageAnswer, questionOf } from "./package-answer.ts";

export function postPackages(http: FastifyInstance, shell: Shell): void {
  const { packages, idempotency } = shell;
  serve(http, packageRoutes.make, async ({ body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "package.make", kind: "package", customerId: null });
    const { delivery, format, mayDownload, lifetimeHours } = body;
    const asked = {
      ...questionOf(body),
      delivery,
      format,
      mayDownload,
      lifetimeHours,
      flow: null,
      smallestGroup: null,
    };
    return idempotency.once(
      request,
      async (also) => madeAnswer(shell, principal, await packages.make(principal, asked, also)),
      // The link was shown once and is kept nowhere.
      async ([packageId]) => {
        if (packageId === undefined) throw new HttpError("conflict");
        return { package: packageAnswer(await packages.read(principal, packageId)), secret: null, link: null };
      },
    );
  });
}

/** The secret stands behind the #, so that it reaches no log on its way. */
export async function madeAnswer(shell: Shell, principal: Authenticated, { packageId, secret }: MadePackage) {
  const row = await shell.packages.read(principal, packageId);
  const link = new URL("/portal/room", shell.publicUrl());
  link.hash = secret;
  return { package: packageAnswer(row), secret, link: link.href };
}
