// What was written about a dilemma: sealed under the customer's key where it is about one, opened in the reader's name.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { EthicsContext } from "./context.ts";
import type { DilemmaRow, Words } from "./dilemma-row.ts";
import { EthicsError } from "./errors.ts";

type Part = "words" | "decision";

/** Throws EthicsError `no-relationship`. */
export async function sealWords(
  { vault }: EthicsContext,
  { dilemmaId, customerId, part }: { readonly dilemmaId: Uuid; readonly customerId: Uuid | null; readonly part: Part },
  text: string,
): Promise<Words> {
  if (customerId === null) return { text };
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const unit = subject?.units.find(({ header }) => header.kind === "relationship" && header.status !== "erased");
  if (unit === undefined) throw new EthicsError("no-relationship");
  const { unitId } = unit.header;
  return { unitId, value: await vault.sealWaiting({ customerId, unitId, waitsIn: dilemmaId, part }, text) };
}

/** Null for what went with an erasure, or was not written yet. The entry of the reading is the gate's, where it is about a customer. */
export async function openWords(
  { gate }: EthicsContext,
  asker: Authenticated,
  { ownerId, content }: DilemmaRow,
): Promise<{ readonly words: string | null; readonly reasoning: string | null }> {
  const { words, decision, customerId } = content;
  const parts: [Part, Words][] = [
    ["words", words],
    ...(decision === null ? [] : [["decision", decision.words] as [Part, Words]]),
  ];
  const sealed = parts.flatMap(([part, each]) => ("unitId" in each ? [{ part, ...each }] : []));
  const opened =
    customerId === null || sealed.length === 0
      ? new Map<string, string>()
      : await gate.readWaiting(asker, { customerId, why: "dilemma-words", waitsIn: ownerId, fields: [], sealed });
  const textOf = (part: Part): string | null => {
    const found = parts.find(([name]) => name === part)?.[1];
    if (found === undefined) return null;
    if ("text" in found) return found.text;
    const text = opened.get(part);
    return text === undefined ? null : String(JSON.parse(text));
  };
  return { words: textOf("words"), reasoning: textOf("decision") };
}
