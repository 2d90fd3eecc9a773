// The answer to a repeated request about a catastrophe mode: as it stands by now.
import type { Uuid } from "../../kernel/bytes.ts";
import type { WatchDomain } from "../../watch/watch.ts";
import { HttpError } from "../errors.ts";
import { catastropheAnswer } from "./catastrophe-answer.ts";

/** Throws HttpError `conflict` where it is over. */
export async function catastropheNow(
  { catastrophes }: Pick<WatchDomain, "catastrophes">,
  catastropheId: Uuid | undefined,
): Promise<ReturnType<typeof catastropheAnswer>> {
  const found = (await catastrophes.list()).find((one) => one.catastropheId === catastropheId);
  if (found === undefined) throw new HttpError("conflict", { detail: "what was made with this key is over" });
  return catastropheAnswer(found);
}
