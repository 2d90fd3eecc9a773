// The code that was asked for, as the browser's entry for this page remembers it: a reload, or a phone that puts the page away while one reads the mail, does
// not lose it. INVARIANT: an opaque id and two times, never whom it was for.
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

export interface SentCode {
  readonly challengeId: string;
  readonly expiresAt: string;
  /** By this device's clock, in milliseconds: it may be wrong, and measures the time that went by all the same. */
  readonly sentAt: number;
}

declare module "@tanstack/history" {
  interface HistoryState {
    readonly sentCode?: SentCode | undefined;
  }
}

/** As the contract says it; whether a code still counts is for the server to say. */
const CODE_MS = 10 * 60_000;

export function millisecondsLeft({ sentAt }: SentCode): number {
  return sentAt + CODE_MS - Date.now();
}

/** Whoever goes to the page anew begins anew; a reload, and a tab that the device had put away, go on. */
function isComingBack(): boolean {
  const [loading] = performance.getEntriesByType("navigation");
  return loading instanceof PerformanceNavigationTiming && loading.type !== "navigate";
}

/** What was remembered when the page was made, if its time is not over; and how it is remembered, or forgotten by null. */
export function useRemembered(): readonly [remembered: SentCode | null, remember: (sent: SentCode | null) => void] {
  const held = useLocation({ select: ({ state }) => state.sentCode ?? null });
  const navigate = useNavigate();
  const remember = useCallback(
    (sent: SentCode | null): void => {
      void navigate({
        to: ".",
        search: (same) => same,
        replace: true,
        state: (former) => ({ ...former, sentCode: sent ?? undefined }),
      });
    },
    [navigate],
  );
  return [held !== null && isComingBack() && millisecondsLeft(held) > 0 ? held : null, remember];
}
