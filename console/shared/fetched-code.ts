// Parts of the pages that are fetched when they are first wanted: without a connection that fails, and is told as what it is.
import { lazyRouteComponent } from "@tanstack/react-router";
import { PAGE_AWAY, Refused } from "./refused.ts";

/** Throws Refused `page-away`, whatever the browser says of it; also where a newer version of the pages stands on the server. */
export async function fetched<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (cause) {
    throw new Refused(0, { code: PAGE_AWAY, detail: "a part of this page was not fetched" }, { cause });
  }
}

/** The library would reload at once where a part is missing: without a connection that takes the whole page away. */
export function lazyPage<Part extends Record<string, unknown>, Name extends keyof Part>(
  load: () => Promise<Part>,
  name: Name,
): ReturnType<typeof lazyRouteComponent<Part, Name>> {
  return lazyRouteComponent(() => fetched(load()), name);
}
