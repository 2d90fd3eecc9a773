// Letters typed one after the other, which lead to a place; heard as soon as the frame stands.
import { useEffect, useRef } from "react";

const PAUSE_MS = 1000;

/** Outside of fields. */
export function useTypedKeys(bindings: readonly (readonly [keys: string, go: () => void])[]): void {
  const current = useRef(bindings);
  current.current = bindings;
  useEffect(() => {
    let typed = "";
    let at = 0;
    const listen = ({ key, ctrlKey, metaKey, altKey, target, timeStamp }: KeyboardEvent): void => {
      const isField =
        target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
      if (isField || ctrlKey || metaKey || altKey || key.length !== 1) return;
      typed = timeStamp - at < PAUSE_MS ? `${typed} ${key}` : key;
      at = timeStamp;
      const found = current.current.find(([keys]) => typed.endsWith(keys));
      if (found === undefined) return;
      typed = "";
      found[1]();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
}
