// Those who are told of something as the interface shows them.
import type { z } from "zod";
import type * as contract from "../../../contract/tellings.ts";
import { asId } from "../../kernel/ids.ts";
import { daysUntil } from "../../requests/requests.ts";
import type { TellingFace } from "../../tellings/tellings.ts";
import type { Shell } from "../shell.ts";

type Parts = Pick<Shell, "clock" | "tellings">;

export function tellingAnswer({ clock, tellings }: Parts, face: TellingFace): z.output<typeof contract.telling> {
  const { duty: name, due, ...shown } = face;
  const duty = tellings.duty(name);
  return {
    ...shown,
    due: {
      ...due,
      daysLeft: daysUntil(new Date(due.before), clock.now()),
      citation: duty?.citation ?? name,
      basis: duty?.basis ?? "house",
      says: duty?.says ?? null,
      confirmed: duty?.confirmed ?? "none",
    },
  };
}

type Own = z.output<typeof contract.ownTellings>["items"][number];

/** INVARIANT: organisations by their name in the register; of people the customer reads no more than what kind of recipient they were. */
export async function ownTellingAnswer(
  { recipients }: Pick<Shell, "recipients">,
  { of, servesId, state, madeAt, sentAt, recipient, told }: TellingFace,
): Promise<Own> {
  const recipientId = recipient?.recipientId ?? null;
  const known = recipientId === null ? null : await recipients.file(asId(recipientId)).catch(() => null);
  return {
    of,
    servesId,
    state,
    madeAt,
    sentAt,
    name: known?.recipient.content.name ?? null,
    type: recipient?.type ?? null,
    givenAt: recipient?.at ?? null,
    toldAt: told?.at ?? null,
    channel: told?.channel ?? null,
  };
}
