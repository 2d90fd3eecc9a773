// Preferences as the interface takes and shows them.
import type { z } from "zod";
import type { ownPreferences, preferences, preferencesDraft } from "../../../contract/preferences.ts";
import type { Given, Preference } from "../../preferences/preferences.ts";
import type { Customer } from "../portal/customer-of.ts";
import type { Shell } from "../shell.ts";

export function givenOf({ language, onPaper, alternative }: z.output<typeof preferencesDraft>): Given {
  if (alternative === undefined || alternative === null) return { language, onPaper, alternative };
  const { channel, contact = null, address = null } = alternative;
  return { language, onPaper, alternative: { channel, contact, address } };
}

export function preferenceAnswer({ language, onPaper, alternative }: Preference): z.output<typeof preferences> {
  if (alternative === null) return { language, onPaper, alternative };
  const { channel, since, countsFrom } = alternative;
  return {
    language,
    onPaper,
    alternative: { channel, since: since.toISOString(), countsFrom: countsFrom.toISOString() },
  };
}

/** The address itself once two factors were shown, which is a reading of its own. */
export async function ownAnswer(
  { preferences: domain }: Pick<Shell, "preferences">,
  asker: Customer,
): Promise<z.output<typeof ownPreferences>> {
  const { language, onPaper, alternative } = preferenceAnswer(await domain.read(asker.customerId));
  if (alternative === null) return { language, onPaper, alternative };
  const isShown = asker.signIn.strongAt !== null;
  const place = isShown ? await domain.place(asker, asker.customerId) : null;
  const { contact = null, address = null } = place ?? {};
  return { language, onPaper, alternative: { ...alternative, contact, address, isShown } };
}
