// What a letter about a request says, to whoever wants letters: that it came in, that it takes longer, or how it was answered and why.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { getRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import type { RequestRow, SealedWords } from "./request-row.ts";

export interface RequestLetter {
  readonly kind: "right-acknowledged" | "right-extended" | "right-refused" | "right-decided";
  readonly values: Readonly<Record<string, string>>;
  /** The same state is written about once. */
  readonly serves: string;
}

/** Null where nothing has happened that is written about. Words are opened by the server itself, by an entry, and end sealed in the letter. */
export async function letterOf(
  context: RequestsContext,
  at: { readonly customerId: Uuid; readonly requestId: Uuid },
  language: "en" | "es" | "de",
): Promise<RequestLetter | null> {
  const row = await getRequest(context, at);
  const { content } = row;
  const { decision, extension, earlier, receivedAt, due } = content;
  const received = context.clocks.dayOf(new Date(receivedAt), content.place);
  if (decision !== null) {
    const serves = `${at.requestId}/decision/${earlier.length}`;
    if (decision.outcome === "fulfilled") return { kind: "right-decided", serves, values: { received, result: "" } };
    const reason = await opened(context, row, `decision-${earlier.length}`, decision.reason);
    const ground = context.clocks.refusalWords(decision.ground ?? "")?.[language] ?? decision.ground ?? "";
    return { kind: "right-refused", serves, values: { received, ground, reason } };
  }
  if (extension !== null) {
    const reason = await opened(context, row, "extension", extension.reason);
    const serves = `${at.requestId}/extension`;
    return { kind: "right-extended", serves, values: { received, due: due.on, reason } };
  }
  const serves = `${at.requestId}/received`;
  return { kind: "right-acknowledged", serves, values: { received, due: due.on } };
}

async function opened(
  { gate }: RequestsContext,
  { ownerId, rowId }: RequestRow,
  part: string,
  sealed: SealedWords | null,
): Promise<string> {
  if (sealed === null) return "";
  const { unitId, value } = sealed;
  const asked = { customerId: ownerId, why: "rights-words", waitsIn: rowId, fields: [] } as const;
  return gate.useWaiting({ ...asked, sealed: [{ part, unitId: asId(unitId), value }] }, async (values) => {
    const text = values.get(part);
    // One line: paper knows no other control characters.
    return text === undefined ? "" : String(JSON.parse(text)).replaceAll(/\s+/g, " ");
  });
}
