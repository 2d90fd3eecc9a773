// An alert as the interface shows it.
import type { z } from "zod";
import type { alert } from "../../../contract/watch.ts";
import type { AlertView } from "../../watch/watch.ts";

export function alertAnswer({ alertId, principalId, alert: shown, decided }: AlertView): z.output<typeof alert> {
  const { theme, points, says, rules, openedAt, lastAt, evidence } = shown;
  return { alertId, principalId, theme, points, says, rules, openedAt, lastAt, evidence, decided };
}
