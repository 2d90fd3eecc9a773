// What a blind index finds customers by, in the reader's words.
import { useTranslations } from "use-intl";

/** An index that only an insurer has keeps its code. */
export function useIndexName(): (index: string) => string {
  const words = useTranslations("words");
  return (index) => {
    const key = `indexes.${index}` as Parameters<typeof words>[0];
    return words.has(key) ? words(key) : index;
  };
}
