// What was just done and can be taken back for a while: one offer at a time, of whatever page made it, told of by undo-notice.tsx.
import { useSyncExternalStore } from "react";
import type { RouteId } from "../../contract/routes.ts";
import { ask, type AskingOf } from "./ask.ts";

export interface UndoOffer {
  /** A sentence in the reader's words; never a customer's values. */
  readonly said: string;
  readonly undo: () => Promise<unknown>;
}

/** How an act is taken back: by another act, done and recorded like any. */
export interface Counter {
  readonly said: string;
  readonly by: (idempotencyKey: string) => Promise<unknown>;
  readonly onUndone?: () => unknown;
}

export function counter<Id extends RouteId>(said: string, id: Id, asking: AskingOf<Id>): Counter {
  return { said, by: (idempotencyKey) => ask(id, asking, { idempotencyKey }) };
}

export type Undoing =
  | { readonly phase: "nothing" }
  | { readonly phase: "offered" | "undoing" | "undone"; readonly offer: UndoOffer }
  | { readonly phase: "failed"; readonly offer: UndoOffer; readonly error: unknown };

const NOTHING: Undoing = { phase: "nothing" };
let undoing: Undoing = NOTHING;
const listeners = new Set<() => void>();

function become(next: Undoing): void {
  undoing = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useUndoing(): Undoing {
  return useSyncExternalStore(subscribe, () => undoing);
}

/** Takes the place of an earlier offer. */
export function offerUndo(offer: UndoOffer): void {
  become({ phase: "offered", offer });
}

/** INVARIANT: nothing of one person is offered to the next. */
export function forgetUndo(): void {
  become(NOTHING);
}

/** Once, however often it is pressed. */
export async function takeBack(): Promise<void> {
  if (undoing.phase !== "offered" && undoing.phase !== "failed") return;
  const { offer } = undoing;
  become({ phase: "undoing", offer });
  try {
    await offer.undo();
    if (isStill(offer)) become({ phase: "undone", offer });
  } catch (error) {
    if (isStill(offer)) become({ phase: "failed", offer, error });
  }
}

function isStill(offer: UndoOffer): boolean {
  return undoing.phase !== "nothing" && undoing.offer === offer;
}
