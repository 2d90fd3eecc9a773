// A catastrophe mode as the interface shows it.
import type { z } from "zod";
import type { catastrophe } from "../../../contract/watch.ts";
import type { CatastropheView } from "../../watch/watch.ts";

export function catastropheAnswer({ endsAt, ...shown }: CatastropheView): z.output<typeof catastrophe> {
  return { ...shown, endsAt: endsAt.toISOString() };
}
