// What was typed into the one box and what it found: in the page's memory alone, for minutes, so that going back from a customer finds it still there.
import { useSyncExternalStore } from "react";
import { ask, type AnswerOf } from "../../shared/ask.ts";
import { CLEAR_MS } from "../../shared/clear/clear-sheet.ts";
import { type OneBoxSearch, readOneBox } from "../../../contract/one-box.ts";
import type { Purpose } from "./purposes.ts";

export type Hit = AnswerOf<"search">["hits"][number];

export interface Finding {
  readonly text: string;
  readonly state: "nothing-asked" | "too-little" | "asking" | "done";
  /** By which reading there are hits, or by which it was looked last. */
  readonly by: string | null;
  /** What else it may have been and was not looked for. */
  readonly others: readonly OneBoxSearch[];
  readonly hits: readonly Hit[];
  readonly isCut: boolean;
  readonly error: unknown;
}

const NOTHING: Finding = {
  text: "",
  state: "nothing-asked",
  by: null,
  others: [],
  hits: [],
  isCut: false,
  error: null,
};

let finding = NOTHING;
let running: AbortController | null = null;
let forgetTimer: number | undefined;
const listeners = new Set<() => void>();

function become(changes: Partial<Finding>): void {
  finding = { ...finding, ...changes };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useFinding(): Finding {
  return useSyncExternalStore(subscribe, () => finding);
}

export function typeText(text: string): void {
  become({ text });
  keepForMinutes();
}

function keepForMinutes(): void {
  window.clearTimeout(forgetTimer);
  forgetTimer = window.setTimeout(() => become(NOTHING), CLEAR_MS);
}

/** Each reading is a search of its own, and recorded as one: it ends with the first that finds anybody. */
export async function find(purpose: Purpose): Promise<void> {
  const readings = readingsOf(finding.text);
  running?.abort();
  if (readings.length === 0) {
    const state = finding.text.trim() === "" ? "nothing-asked" : "too-little";
    return become({ ...NOTHING, text: finding.text, state });
  }
  await look(readings, purpose);
}

/** Names alone say too little of a person; of an organisation they are what there is. */
function readingsOf(text: string): readonly OneBoxSearch[] {
  const { searches, hint } = readOneBox(text, country());
  return hint === "needs-birth-year"
    ? [{ index: "organisation-name", values: { "legal-name": text.trim() } }]
    : searches;
}

/** Where telephone numbers that name no country are taken to be: where the browser is set up for. */
function country(): string {
  return /-([A-Z]{2})(?![A-Za-z])/.exec(navigator.language)?.[1] ?? "US";
}

/** By these and no others. */
export async function look(readings: readonly OneBoxSearch[], purpose: Purpose): Promise<void> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  become({ state: "asking", hits: [], error: null, isCut: false, others: [] });
  keepForMinutes();
  let [failure, left]: [unknown, readonly OneBoxSearch[]] = [null, readings];
  for (const reading of readings) {
    left = left.slice(1);
    try {
      const { hits, truncated } = await ask("search", { body: { ...reading, purpose } }, { signal: mine.signal });
      if (hits.length > 0) return become({ state: "done", by: reading.index, hits, isCut: truncated, others: left });
    } catch (error) {
      if (mine.signal.aborted) return;
      failure = error;
    }
    if (mine.signal.aborted) return;
  }
  become({ state: "done", by: readings.at(-1)?.index ?? null, error: failure, others: [] });
}
