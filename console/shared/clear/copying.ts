// Copying a clear value is a disclosure of its own: written down by the server first, and in the clipboard only after its answer.
import { type ClipboardEvent, createContext, use, useState } from "react";
import { ask } from "../ask.ts";
import { useAttempt } from "../attempt.ts";

export interface CopiedValue {
  readonly recordId: string;
  readonly field: string;
}

type Copy = (values: readonly CopiedValue[], text: string) => void;

export const CopyContext = createContext<Copy | null>(null);

/** null where nothing can be copied. */
export function useCopy(): Copy | null {
  return use(CopyContext);
}

export interface Copying {
  readonly copy: Copy | null;
  readonly onCopy: (event: ClipboardEvent<HTMLElement>) => void;
  readonly isCopied: boolean;
  readonly error: unknown;
}

export function useCopying(disclosureId: string | undefined): Copying {
  const { error, attempt } = useAttempt();
  const [isCopied, setCopied] = useState(false);
  const copy = (values: readonly CopiedValue[], text: string): void => {
    setCopied(false);
    void attempt(async () => {
      if (disclosureId === undefined) return;
      // INVARIANT: no answer, no copy.
      await Promise.all(values.map((body) => ask("recordCopy", { params: { disclosureId }, body })));
      await navigator.clipboard.writeText(text);
      setCopied(true);
    });
  };
  const onCopy = (event: ClipboardEvent<HTMLElement>): void => {
    const selection = document.getSelection();
    if (selection === null) return;
    const values = valuesIn(event.currentTarget, selection);
    if (values.length === 0) return;
    event.preventDefault();
    copy(values, selection.toString());
  };
  return { copy: disclosureId === undefined ? null : copy, onCopy, isCopied, error };
}

/** The values in clear that a selection touches; empty where it touches none. */
function valuesIn(region: Element, selection: Selection): CopiedValue[] {
  return [...region.querySelectorAll<HTMLElement>("[data-field][data-record]")]
    .filter((value) => selection.containsNode(value, true))
    .map(({ dataset }) => ({ recordId: dataset["record"] ?? "", field: dataset["field"] ?? "" }));
}
