// Runs what a person asked for once at a time, and holds its failure to be told of.
import { useCallback, useRef, useState } from "react";
import { useFocusKept } from "./focus-kept.ts";

export interface Attempt {
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly attempt: (work: () => Promise<unknown>) => Promise<void>;
}

export function useAttempt(): Attempt {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const attempt = useCallback(async (work: () => Promise<unknown>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  useFocusKept(isBusy);
  return { isBusy, error, attempt };
}
