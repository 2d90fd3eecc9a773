// An erasure as it stands, with its certificate once final.
import type { z } from "zod";
import type { erasure } from "../../../contract/operations.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import type { Shell } from "../shell.ts";

/** Throws KeysError `unknown-erasure`. */
export async function erasureAnswer(
  { database, keys }: Pick<Shell, "database" | "keys">,
  erasureId: Uuid,
): Promise<z.output<typeof erasure>> {
  const found = await keys.erasure(database, erasureId);
  const certificate = found.state === "final" ? await keys.erasureCertificate(database, erasureId) : null;
  return {
    erasureId,
    customerId: found.customerId,
    unitId: found.unitId,
    state: found.state,
    requestedAt: found.requestedAt.toISOString(),
    finalAt: found.finalAt?.toISOString() ?? null,
    sweptAt: found.sweptAt?.toISOString() ?? null,
    certificate:
      certificate === null ? null : (JSON.parse(Buffer.from(certificate).toString("utf8")) as Record<string, unknown>),
  };
}
