// Somebody's authority to act for a customer, as it is answered.
import type { z } from "zod";
import type { representation } from "../../../contract/representation.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import type { RepresentationContent } from "../../representation/representation.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";

interface Standing {
  readonly rowId: Uuid;
  readonly endsAt: Date | null;
  readonly content: RepresentationContent;
}

export function representationAnswer({ rowId, endsAt, content }: Standing): z.output<typeof representation> {
  return { representationId: rowId, ...content, endsAt: endsAt?.toISOString() ?? null };
}

/** Throws HttpError `conflict` when it has ended meanwhile. */
export async function answerOf({ representations }: Shell, customerId: Uuid, representationId: Uuid | undefined) {
  const found = (await representations.list(customerId)).find(({ rowId }) => rowId === representationId);
  if (found === undefined) throw new HttpError("conflict", { detail: "this authority has ended" });
  return representationAnswer(found);
}
