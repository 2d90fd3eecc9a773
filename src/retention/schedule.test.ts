// When a unit may go: duties of law and our own schedule, as tables. Days count where the law is; whatever is not known keeps.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { loadRegistry } from "../vault/vault.ts";
import { dutiesOn, endOf, zonesOf } from "./periods.ts";
import { loadRetentionRules, type RetentionRules } from "./rules.ts";
import { judgeUnit, type UnitFacts } from "./schedule.ts";

const GOVERNANCE = join(import.meta.dirname, "../../governance");
const registry = loadRegistry(join(GOVERNANCE, "schema"));
const rules = loadRetentionRules(join(GOVERNANCE, "retention"), registry.recordTypes);
const dutyOf = (id: string) => rules.duties.find((duty) => duty.id === id) ?? assert.fail(id);
const DAY_MS = 86_400_000;

/** Closed at an instant, kept by a duty until a day of the place. */
const PERIODS: readonly (readonly [duty: string, place: string, closed: string, until: string])[] = [
  ["ny-152-policy", "US-NY", "2020-02-29T12:00:00Z", "2026-12-31"],
  ["ny-152-application", "US-NY", "2019-12-31T23:30:00Z", "2025-12-31"],
  // New Year's Eve in New York is New Year's Day in UTC: the year in which it closed is the year there.
  ["ny-152-claim", "US-NY", "2020-01-01T03:00:00Z", "2025-12-31"],
  ["ny-152-claim", "US-NY", "2020-01-01T06:00:00Z", "2026-12-31"],
  ["ca-2695-claim", "US-CA", "2020-01-01T07:59:59Z", "2023-12-31"],
  ["ca-2695-claim", "US-CA", "2020-01-01T08:00:00Z", "2024-12-31"],
  ["us-1025-sar", "US", "2020-06-30T12:00:00Z", "2025-06-30"],
  // A leap day's anniversary is the last of February.
  ["eu-aml-life", "DE", "2020-02-29T12:00:00Z", "2025-02-28"],
  ["eu-aml-life", "FR", "2016-02-29T12:00:00Z", "2021-02-28"],
  ["de-hgb-257", "DE", "2019-12-31T23:30:00Z", "2028-12-31"],
  ["de-hgb-257", "DE", "2019-12-31T22:30:00Z", "2027-12-31"],
  // The hour that daylight saving skips, and the one it repeats.
  ["es-ccom-30", "ES", "2020-03-29T01:30:00Z", "2026-03-29"],
  ["es-pbc-life", "ES", "2020-10-25T00:30:00Z", "2030-10-25"],
  ["uk-mlr-40", "UK", "2021-08-31T23:30:00Z", "2026-09-01"],
  ["ch-or-958f", "CH", "2021-05-01T12:00:00Z", "2031-12-31"],
  ["br-susep-605", "BR", "2021-07-01T02:30:00Z", "2026-06-30"],
];

for (const [id, place, closed, until] of PERIODS)
  test(`${id}: what closed at ${closed} is kept until the end of ${until}`, () => {
    const zones = zonesOf(rules.zones, place);
    const end = (now: Date) => endOf(new Date(closed), dutyOf(id), zones, now);
    assert.equal(end(new Date(closed)).until, until);
    // Over when the day after has begun in every zone of the place, and not a moment sooner.
    const starts = zones.map(
      (zone) => Temporal.PlainDate.from(until).add({ days: 1 }).toZonedDateTime(zone).toInstant().epochMilliseconds,
    );
    const over = Math.max(...starts);
    assert.equal(end(new Date(over - 1)).isOver, false);
    assert.equal(end(new Date(over)).isOver, true);
  });

/** Which duties reach whom. */
const REACH: readonly (readonly [
  kind: "policy" | "claim" | "application" | "investigation" | "relationship",
  line: "life" | "auto",
  place: string,
  duties: readonly string[],
])[] = [
  ["policy", "auto", "US-NY", ["ny-152-policy"]],
  ["claim", "auto", "US-NY", ["ny-152-claim"]],
  ["investigation", "life", "US-NY", ["ny-152-claim", "us-1025-sar"]],
  ["investigation", "auto", "US", []],
  ["application", "auto", "US-NY", ["ny-152-application"]],
  ["claim", "auto", "US-CA", ["ca-2695-claim"]],
  ["claim", "auto", "US", []],
  ["policy", "life", "DE", ["eu-aml-life", "de-hgb-257"]],
  ["policy", "auto", "DE", ["de-hgb-257"]],
  ["policy", "life", "ES", ["es-pbc-life", "es-ccom-30"]],
  ["claim", "auto", "CH", ["ch-or-958f"]],
  ["policy", "auto", "BR", ["br-susep-605"]],
  ["policy", "life", "UK", ["uk-mlr-40"]],
  ["relationship", "life", "DE", []],
];
for (const [kind, line, place, duties] of REACH)
  test(`duties on a ${kind} of ${line} in ${place}: ${duties.join(", ") || "none"}`, () => {
    assert.deepEqual(
      dutiesOn(rules, { kind, line }, place).map(({ id }) => id),
      duties,
    );
  });

const CLOSED = new Date("2010-06-15T12:00:00Z");
const facts = (more: Partial<UnitFacts> & Partial<UnitFacts["header"]> = {}): UnitFacts => {
  const { kind = "claim", line = "auto", entity = "acme", status = "closed", ...rest } = more;
  return {
    header: { kind, line, entity, status },
    recordTypes: [],
    jurisdiction: "US",
    closedAt: CLOSED,
    lastContactAt: CLOSED,
    collectedAt: CLOSED,
    ...rest,
  };
};
const judged = (of: UnitFacts, now: string, by: RetentionRules = rules): string => {
  const verdict = judgeUnit(by, of, new Date(now));
  if (verdict.is === "open") return "open";
  if (verdict.is === "unjudged") return `unjudged: ${verdict.why}`;
  return `${verdict.is}: ${verdict.longest.rule} until ${verdict.longest.until}`;
};

/** Who keeps what longest. */
const VERDICTS: readonly (readonly [what: string, facts: UnitFacts, now: string, verdict: string])[] = [
  ["a claim", facts(), "2017-12-31T12:00:00Z", "not-yet: claims until 2017-12-31"],
  ["a claim", facts(), "2018-01-02T12:00:00Z", "due: claims until 2017-12-31"],
  ["an open claim, however old", facts({ status: "open" }), "2050-01-01T12:00:00Z", "open"],
  [
    "a claim with medical records",
    facts({ recordTypes: ["medical"] }),
    "2018-01-02T12:00:00Z",
    "not-yet: injury-claims until 2020-12-31",
  ],
  [
    "a claim of workers' compensation",
    facts({ line: "workers-compensation" }),
    "2030-01-02T12:00:00Z",
    "not-yet: long-tail-claims until 2040-12-31",
  ],
  [
    "a German claim: the law is longer",
    facts({ jurisdiction: "DE" }),
    "2018-01-02T12:00:00Z",
    "not-yet: de-hgb-257 until 2018-12-31",
  ],
  [
    "a Swiss claim: the law is longer",
    facts({ jurisdiction: "CH" }),
    "2020-06-15T12:00:00Z",
    "not-yet: ch-or-958f until 2020-12-31",
  ],
  [
    "a Spanish life policy",
    facts({ kind: "policy", line: "life", jurisdiction: "ES" }),
    "2020-06-16T12:00:00Z",
    "due: life-policies until 2020-06-15",
  ],
  [
    "a relationship: the record is longer than the schedule",
    facts({ kind: "relationship", recordTypes: ["person"] }),
    "2013-01-02T12:00:00Z",
    "not-yet: person until 2016-12-31",
  ],
  [
    "a relationship somebody was in touch with",
    facts({ kind: "relationship", lastContactAt: new Date("2017-03-01T12:00:00Z"), recordTypes: ["person"] }),
    "2018-01-02T12:00:00Z",
    "not-yet: relationships until 2019-03-01",
  ],
  [
    "a relationship of whose last contact nobody knows",
    facts({ kind: "relationship", lastContactAt: null }),
    "2050-01-02T12:00:00Z",
    "unjudged: unknown-event",
  ],
  [
    "a unit whose closing nobody wrote down",
    facts({ closedAt: null }),
    "2050-01-02T12:00:00Z",
    "unjudged: unknown-closing",
  ],
  [
    "a unit with a record that the schema does not know",
    facts({ recordTypes: ["horoscope"] }),
    "2050-01-02T12:00:00Z",
    "unjudged: unknown-record",
  ],
  [
    "a claim with biometric records in Illinois, which the law wants gone before our own schedule",
    facts({ recordTypes: ["biometric"], jurisdiction: "US-IL" }),
    "2013-04-20T12:00:00Z",
    "due: il-bipa until 2013-06-15",
  ],
  [
    "the same before that day is near",
    facts({ recordTypes: ["biometric"], jurisdiction: "US-IL" }),
    "2012-04-20T12:00:00Z",
    "not-yet: claims until 2017-12-31",
  ],
  [
    "the same in a place without such a law",
    facts({ recordTypes: ["biometric"], jurisdiction: "US-NY" }),
    "2013-04-20T12:00:00Z",
    "not-yet: claims until 2017-12-31",
  ],
  [
    "an open relationship with biometric records in Illinois, of whom nothing was heard",
    facts({ kind: "relationship", status: "open", closedAt: null, recordTypes: ["biometric"], jurisdiction: "US-IL" }),
    "2013-06-20T12:00:00Z",
    "unjudged: maximum-open",
  ],
  [
    "an investigation of life business in Illinois that another law keeps",
    facts({ kind: "investigation", line: "life", recordTypes: ["biometric"], jurisdiction: "US-IL" }),
    "2013-06-20T12:00:00Z",
    "unjudged: maximum-against-duty",
  ],
  [
    "an application with a credit report whose age is not known",
    facts({ kind: "application", recordTypes: ["credit"], collectedAt: null }),
    "2050-01-02T12:00:00Z",
    "unjudged: unknown-event",
  ],
];
for (const [what, of, now, verdict] of VERDICTS)
  test(`${what} at ${now}: ${verdict}`, () => assert.equal(judged(of, now), verdict));

test("what counts from a day of discovery never falls due by itself, since that day stands sealed", () => {
  const line = rules.schedule.find(({ id }) => id === "claims");
  const discovered = { ...rules, schedule: [{ ...(line ?? assert.fail()), from: "discovered" as const }] };
  assert.equal(judged(facts(), "2090-01-01T12:00:00Z", discovered), "unjudged: unknown-event");
});

test("what no line of the schedule fits never falls due", () => {
  assert.equal(judged(facts(), "2090-01-01T12:00:00Z", { ...rules, schedule: [] }), "unjudged: no-schedule");
});

test("no day before the longest period is over is a unit due, whatever it holds and wherever it stands", () => {
  const places = ["US", "US-NY", "US-CA", "DE", "ES", "CH", "UK", "BR", "CA", "FR"];
  const kinds = ["policy", "claim", "application", "investigation", "relationship"] as const;
  const lines = ["life", "health", "auto", "property", "commercial", "workers-compensation", "general"] as const;
  for (const jurisdiction of places)
    for (const kind of kinds)
      for (const line of lines)
        for (const { name } of registry.recordTypes) {
          const of = facts({ kind, line, jurisdiction, recordTypes: [name] });
          const verdict = judgeUnit(rules, of, CLOSED);
          if (verdict.is === "open" || verdict.is === "unjudged") continue;
          const until = Temporal.PlainDate.from(verdict.longest.until ?? assert.fail());
          const noon = until.toZonedDateTime({ timeZone: "UTC", plainTime: "12:00" }).epochMilliseconds;
          assert.equal(judgeUnit(rules, of, new Date(noon)).is, "not-yet", `${kind} ${line} ${jurisdiction} ${name}`);
          assert.equal(
            judgeUnit(rules, of, new Date(noon + 2 * DAY_MS)).is,
            "due",
            `${kind} ${line} ${jurisdiction} ${name}`,
          );
          for (const duty of dutiesOn(rules, { kind, line }, jurisdiction))
            assert.ok(until.year - 2010 >= duty.years, `${duty.id} is kept`);
        }
});
