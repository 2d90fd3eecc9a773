// Trying again after a page could not be shown.
import { useRouter } from "@tanstack/react-router";
import { ask } from "./ask.ts";
import { isAway } from "./refused.ts";

/**
 * What the browser failed to fetch it may not fetch again for as long as the page lives, so the page is loaded anew: once the server answers, since without a
 * connection that would leave the browser's own page in its place.
 */
export function useTryAgain(error: unknown): () => Promise<void> {
  const router = useRouter();
  return async () => {
    if (!isAway(error)) await router.invalidate();
    else if (await isThere()) location.reload();
  };
}

/** By what everybody may ask, whether they are signed in or not. */
async function isThere(): Promise<boolean> {
  try {
    await ask("describeLog", {});
    return true;
  } catch (failure) {
    return !isAway(failure);
  }
}
