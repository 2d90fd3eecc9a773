// The represented person is told by letter that somebody may act for them from now on, or may no longer.
import type { Uuid } from "../../kernel/bytes.ts";
import type { Shell } from "../shell.ts";

interface At {
  readonly customerId: Uuid;
  readonly representationId: Uuid;
}
type Parts = Pick<Shell, "portal" | "representations">;

/** Nothing is told of what waits for a second person. */
export async function tellGranted({ portal, representations }: Parts, at: At): Promise<void> {
  const { customerId, representationId: serves } = at;
  const found = (await representations.list(customerId)).find(({ rowId }) => rowId === serves);
  if (found?.content.isGranted !== true) return;
  const from = new Date(found.content.startsAt);
  await portal.write({ customerId, name: "representative-granted", serves, at: from });
}

/** Of what was never granted, nothing: the person was not told that it was asked for. */
export async function endAndTell({ portal, representations }: Parts, at: At, end: () => Promise<void>): Promise<void> {
  const { customerId, representationId: serves } = at;
  const standing = (await representations.list(customerId)).find(({ rowId }) => rowId === serves);
  await end();
  if (standing?.content.isGranted !== true) return;
  await portal.write({ customerId, name: "representative-ended", serves });
}
