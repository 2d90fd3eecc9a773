// Guarantee: in weeks of a simulated workforce the snoopers are found and ordinary work is left alone. Short by default, long and on several seeds with --full.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { loadWatchRules } from "./rules.ts";
import { type Outcome, simulate } from "./test-simulation.ts";

const RULES = loadWatchRules(join(import.meta.dirname, "..", "..", "governance", "watch"));
const FULL = process.env["UBERRIMA_FULL"] === "1";
const SEEDS = FULL ? [11, 12, 13] : [11];
const DAYS = FULL ? 56 : 25;

for (const seed of SEEDS) {
  test(`${DAYS} days of 200 staff, seed ${seed}: snoopers are found and ordinary work is left alone`, () => {
    const outcome = simulate(RULES, { seed, days: DAYS, isCatastropheMode: true });
    const figures = figuresOf(outcome);
    process.stdout.write(
      `figures: ${DAYS} days, seed ${seed}: ${JSON.stringify({ ...figures, missed: missedOf(outcome) })}\n`,
    );
    assert.equal(outcome.snoopers.length, 20);
    assert.ok(outcome.staffDays > 150 * DAYS * 0.6, "hardly anybody worked");
    assert.ok(figures.alertsPer200StaffDays <= 1, "ordinary work made more than one alert in 200 staff-days");
    assert.ok(figures.heldPerThousand <= 1, "more than one in a thousand legitimate reads was held");
    assert.ok(figures.recall >= 0.8, "too many snoopers were missed");
    assert.ok(figures.precision >= 0.5, "fewer than half of the alerts were about snoopers");
  });
}

if (FULL) {
  test("a storm without catastrophe mode asks about many; with it, about those it would ask about anyway", () => {
    const [without, within] = [false, true].map((isCatastropheMode) =>
      simulate(RULES, { seed: 21, days: 19, isCatastropheMode }),
    );
    const volume = (outcome: Outcome | undefined): number =>
      outcome?.alerts.filter(({ theme, isTrue }) => !isTrue && theme === "volume").length ?? Number.NaN;
    assert.ok(volume(within) < volume(without), `${volume(within)} with it, ${volume(without)} without`);
  });
}

function figuresOf({ alerts, staffDays, held, questioned, reads, found, snoopers, microsecondsEach }: Outcome) {
  const wrong = alerts.filter(({ isTrue }) => !isTrue).length;
  const rounded = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    staffDays,
    reads,
    alerts: alerts.length,
    precision: rounded((alerts.length - wrong) / alerts.length),
    recall: found.size / snoopers.length,
    alertsPer200StaffDays: rounded((wrong * 200) / staffDays),
    heldPerThousand: rounded((held * 1000) / reads),
    questionedPerThousand: rounded((questioned * 1000) / reads),
    microsecondsEach: rounded(microsecondsEach),
  };
}

const missedOf = ({ snoopers, found }: Outcome): string[] =>
  snoopers.filter((one) => !found.has(one)).map(({ kind, employee }) => `${kind} (${employee.job})`);
