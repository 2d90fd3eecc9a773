// A button that is busy is disabled, and a browser takes the focus from what is disabled: given back, so that whoever uses the keyboard is where they were.
import { useLayoutEffect, useRef } from "react";

/** Left alone where something else has the focus by then. */
export function useFocusKept(isBusy: boolean): void {
  const had = useRef<HTMLElement | null>(null);
  const before = useRef<Element | null>(null);
  // Of this very rendering: what has the focus before the page says that it is busy.
  if (!isBusy) before.current = null;
  else before.current ??= document.activeElement;
  useLayoutEffect(() => {
    if (isBusy) {
      had.current = before.current instanceof HTMLElement ? before.current : null;
      return;
    }
    const element = had.current;
    had.current = null;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (element !== null && element !== document.body && element.isConnected && isLost) element.focus();
  }, [isBusy]);
}
