// What somebody came here for: a refusal that an authorization would lift. Held in memory alone, since an address is kept by others.
import type { AskingOf } from "../../shared/ask.ts";

type Draft = AskingOf<"recordAuthorization">["body"];

export interface Wanted {
  readonly customerId: string;
  readonly classes: readonly Draft["classes"][number][];
  readonly purpose: Draft["purposes"][number];
}

let wanted: Wanted | null = null;

export function want(next: Wanted): void {
  wanted = next;
}

/** Of this customer; stands until something else is wanted, so that a page drawn twice does not lose it. */
export function wantedOf(customerId: string): Wanted | null {
  return wanted?.customerId === customerId ? wanted : null;
}

export function forgetWanted(): void {
  wanted = null;
}
