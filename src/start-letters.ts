// Whoever asked for letters in place of all else gets one where others get mail.
import type { Letters } from "./letters/letters.ts";
import type { Uuid } from "./kernel/bytes.ts";
import type { Preferences } from "./preferences/preferences.ts";

type Language = NonNullable<Awaited<ReturnType<Preferences["read"]>>["language"]>;
type Order = Parameters<Letters["enqueue"]>[0];

export interface ByLetter {
  /** After what it tells of, which it neither undoes nor fails; asked for again it is one letter. */
  write(customerId: Uuid, order: (language: Language) => Promise<Omit<Order, "customerId"> | null>): Promise<void>;
}

export function writingByLetter(
  {
    letters,
    preferences,
  }: { readonly letters: Pick<Letters, "enqueue">; readonly preferences: Pick<Preferences, "read"> },
  onFailure: (failure: unknown) => void,
): ByLetter {
  return {
    write: async (customerId, order) => {
      try {
        const { alternative, onPaper, language: chosen } = await preferences.read(customerId);
        if (alternative === null ? !onPaper : alternative.channel !== "post") return;
        const language = chosen ?? "en";
        const made = await order(language);
        if (made !== null) await letters.enqueue({ ...made, customerId, language });
      } catch (failure) {
        onFailure(failure);
      }
    },
  };
}
