// GET /v1/watch/rules
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { watchRules } from "../../../contract/watch.ts";
import { watchRoutes } from "../../../contract/routes/watch.ts";
import type { WatchRules } from "../../watch/watch.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getWatchRules(http: FastifyInstance, { access, watch }: Shell): void {
  serve(http, watchRoutes.rules, async ({ principal }) => {
    requireRight(access, principal, "watch.read");
    return rulesAnswer(watch.rules);
  });
}

function rulesAnswer(rules: WatchRules): z.output<typeof watchRules> {
  const { relations, behaviour, outcomes, people, machines, alerts, clearance, catastrophe, dayStartsAtHourUtc } =
    rules;
  return {
    outcomes,
    rules: [
      ...Object.entries(relations).map(([code, rule]) => ruleAnswer(code, "relation", rule)),
      ...Object.entries(behaviour).map(([code, rule]) => ruleAnswer(code, "behaviour", rule)),
    ],
    people: { default: people.default, ...people.roles },
    machines: { default: machines.default, ...machines.roles },
    settings: {
      ...alerts,
      clearanceDays: clearance.days,
      catastropheTimes: catastrophe.times,
      catastropheDaysMax: catastrophe.daysMax,
      dayStartsAtHourUtc,
    },
  };
}

type Rule = z.output<typeof watchRules>["rules"][number];
interface Told {
  readonly says: string;
  readonly why: string;
  readonly points: number;
  readonly inHand?: number;
}

function ruleAnswer(code: string, of: Rule["of"], rule: Told): Rule {
  const { says, why, points, inHand = null, ...thresholds } = rule;
  return { code, of, says, why, points, pointsInHand: inHand, thresholds };
}
