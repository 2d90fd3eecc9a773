// The law's clocks by table: leap years, month ends, daylight saving, holidays, extensions, stopped clocks, years of discovery.
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { deadlineAfter } from "./clock.ts";
import { ClocksError, daysLeft, type Events, openClocks, type Place } from "./clocks.ts";

const GOVERNANCE = join(import.meta.dirname, "../../governance");
const clocks = openClocks(GOVERNANCE);

const place = (country: string, state: string | null = null): Place => ({ country, state });
const at = (text: string): Date => new Date(text);
const events = (receivedAt: string, more: Partial<Events> = {}): Events => ({
  receivedAt: at(receivedAt),
  pauses: [],
  isExtended: false,
  now: at(receivedAt),
  ...more,
});

type Row = readonly [what: string, rule: string, where: Place, events: Events, due: string];

const TABLE: readonly Row[] = [
  ["a month ends on its same-numbered day", "EU-GDPR-15", place("DE"), events("2026-03-10T10:00Z"), "2026-04-10"],
  ["a month without such a day ends on its last", "EU-GDPR-15", place("NL"), events("2027-08-31T10:00Z"), "2027-09-30"],
  ["in February of a leap year that is the 29th", "EU-GDPR-15", place("DE"), events("2028-01-31T10:00Z"), "2028-02-29"],
  [
    "in another year it is the 28th, here a Sunday, rolled to Monday",
    "EU-GDPR-15",
    place("DE"),
    events("2027-01-31T10:00Z"),
    "2027-03-01",
  ],
  ["a last day on a Saturday rolls to Monday", "EU-GDPR-15", place("FR"), events("2026-06-11T10:00Z"), "2026-07-13"],
  [
    "a last day on Good Friday rolls over Easter Monday",
    "EU-GDPR-15",
    place("DE"),
    events("2026-03-03T10:00Z"),
    "2026-04-07",
  ],
  [
    "a holiday of one German state is none of another",
    "EU-GDPR-15",
    place("DE", "BY"),
    events("2026-05-04T10:00Z"),
    "2026-06-05",
  ],
  ["and there stands", "EU-GDPR-15", place("DE", "BE"), events("2026-05-04T10:00Z"), "2026-06-04"],
  [
    "what comes on the 31st late in the evening of Berlin came on the 31st",
    "EU-GDPR-15",
    place("DE"),
    events("2026-03-31T21:59Z"),
    "2026-04-30",
  ],
  ["and a minute later on the 1st", "EU-GDPR-15", place("DE"), events("2026-03-31T22:00Z"), "2026-05-04"],
  [
    "an extended month is three from receipt, not two from the end of February",
    "EU-GDPR-15",
    place("DE"),
    events("2028-01-31T10:00Z", { isExtended: true }),
    "2028-05-02",
  ],
  [
    "the United Kingdom rolls over its bank holidays",
    "UK-GDPR-15",
    place("GB"),
    events("2026-11-25T10:00Z"),
    "2026-12-29",
  ],
  [
    "and counts from when identity was shown, where it was asked for",
    "UK-GDPR-15",
    place("GB"),
    events("2026-09-01T10:00Z", { identityAt: at("2026-09-08T10:00Z") }),
    "2026-10-08",
  ],
  [
    "its clock stands still while clarification is awaited",
    "UK-GDPR-15",
    place("GB"),
    events("2026-09-01T10:00Z", { pauses: [{ from: at("2026-09-10T10:00Z"), to: at("2026-09-17T10:00Z") }] }),
    "2026-10-08",
  ],
  [
    "and while it stands, goes a day further each day",
    "UK-GDPR-15",
    place("GB"),
    events("2026-09-01T10:00Z", {
      pauses: [{ from: at("2026-09-10T10:00Z"), to: null }],
      now: at("2026-09-30T10:00Z"),
    }),
    "2026-10-21",
  ],
  [
    "two pauses add up",
    "UK-GDPR-15",
    place("GB"),
    events("2026-09-01T10:00Z", {
      pauses: [
        { from: at("2026-09-02T10:00Z"), to: at("2026-09-03T10:00Z") },
        { from: at("2026-09-07T10:00Z"), to: at("2026-09-08T10:00Z") },
      ],
    }),
    "2026-10-05",
  ],
  [
    "no waiting stops California's clock",
    "US-CA-CCPA-know",
    place("US", "CA"),
    events("2026-09-01T18:00Z", { pauses: [{ from: at("2026-09-10T10:00Z"), to: at("2026-09-17T10:00Z") }] }),
    "2026-10-16",
  ],
  [
    "a Saturday stands under American law",
    "US-HIPAA-access",
    place("US", "TX"),
    events("2026-09-03T18:00Z"),
    "2026-10-03",
  ],
  [
    "forty-five days and forty-five are ninety from receipt",
    "US-CA-CCPA-know",
    place("US", "CA"),
    events("2026-09-01T18:00Z", { isExtended: true }),
    "2026-11-30",
  ],
  [
    "an evening in California is the day before in London",
    "US-CA-CCPA-know",
    place("US", "CA"),
    events("2026-09-02T06:59Z"),
    "2026-10-16",
  ],
  [
    "business days leave out weekends and Thanksgiving",
    "US-CA-CCPA-optout",
    place("US", "VA"),
    events("2026-11-16T18:00Z"),
    "2026-12-08",
  ],
  [
    "and in California the day after it too",
    "US-CA-CCPA-optout",
    place("US", "CA"),
    events("2026-11-16T18:00Z"),
    "2026-12-09",
  ],
  [
    "thirty business days of the model act over the turn of the year",
    "NAIC670-access",
    place("US", "OH"),
    events("2026-12-01T18:00Z"),
    "2027-01-14",
  ],
  [
    "an extension in days goes on from the end of business days",
    "US-CA-CCPA-ADMT",
    place("US", "CA"),
    events("2026-06-01T18:00Z", { isExtended: true }),
    "2026-08-07",
  ],
  ["a day of 23 hours is a day", "US-HIPAA-access", place("US", "NY"), events("2026-02-07T15:00Z"), "2026-03-09"],
  [
    "thirty days over the 29th of February",
    "CA-PIPEDA-access",
    place("CA", "ON"),
    events("2028-02-10T15:00Z"),
    "2028-03-11",
  ],
  [
    "where a law has no date the house's counts",
    "US-HIPAA-restrict",
    place("US", "NY"),
    events("2026-02-02T15:00Z"),
    "2026-03-04",
  ],
];

describe("a clock", () => {
  for (const [what, rule, where, happened, due] of TABLE)
    test(what, () => {
      assert.equal(clocks.run(rule, where, happened).due.on, due);
    });

  for (const [rule, state, due] of [
    ["US-MT-PRIV", "MT", "2026-04-09"],
    ["US-CO-PRIV", "CO", "2026-03-25"],
    ["US-MN-PRIV", "MN", "2026-03-25"],
    ["US-VA-PRIV", "VA", "2026-04-09"],
    // Utah knows no appeal: the house's thirty days.
    ["US-UT-PRIV", "UT", "2026-03-10"],
  ] as const)
    test(`of an appeal counts the days of ${rule}`, () => {
      assert.equal(clocks.appeal(rule, place("US", state), at("2026-02-08T18:00Z")).on, due);
    });

  test("ends with the last moment of the due day there, also when the clocks change that night", () => {
    const winter = clocks.run("US-HIPAA-access", place("US", "NY"), events("2026-02-06T15:00Z"));
    assert.equal(winter.due.on, "2026-03-08");
    assert.equal(winter.due.before.toISOString(), "2026-03-09T04:00:00.000Z", "the day had 23 hours");
    const autumn = clocks.run("US-HIPAA-access", place("US", "NY"), events("2026-10-02T15:00Z"));
    assert.equal(autumn.due.on, "2026-11-01");
    assert.equal(autumn.due.before.toISOString(), "2026-11-02T05:00:00.000Z", "and this one 25");
  });

  test("is explained step by step, with the numbers of each", () => {
    const { steps } = clocks.run("EU-GDPR-15", place("DE"), events("2027-01-31T10:00Z"));
    assert.deepEqual(
      steps.map(({ code, on }) => [code, on]),
      [
        ["received", "2027-01-31"],
        ["adds", "2027-02-28"],
        ["last-day-of-month", "2027-02-28"],
        ["rolled", "2027-03-01"],
      ],
    );
    const { steps: business } = clocks.run("US-CA-CCPA-optout", place("US", "CA"), events("2026-11-16T18:00Z"));
    assert.deepEqual(business.at(-1)?.holidays, ["2026-11-26", "2026-11-27"]);
    const stands = clocks.run("US-HIPAA-access", place("US", "TX"), events("2026-09-03T18:00Z"));
    assert.equal(stands.steps.at(-1)?.code, "weekend-stands");
  });

  test("offers an extension once, told before the first date", () => {
    const first = clocks.run("EU-GDPR-15", place("DE"), events("2026-03-10T10:00Z"));
    assert.equal(first.extension?.due.on, "2026-06-10");
    assert.equal(first.extension?.tellBefore.getTime(), first.due.before.getTime());
    assert.equal(
      clocks.run("EU-GDPR-15", place("DE"), events("2026-03-10T10:00Z", { isExtended: true })).extension,
      null,
    );
    assert.equal(clocks.run("NAIC670-access", place("US", "CA"), events("2026-03-10T10:00Z")).extension, null);
  });

  test("has the day by which receipt is confirmed, where a law asks for it", () => {
    const { acknowledge } = clocks.run("US-CA-CCPA-know", place("US", "CA"), events("2026-11-16T18:00Z"));
    assert.equal(acknowledge?.on, "2026-12-02");
    assert.equal(clocks.run("US-VA-PRIV", place("US", "VA"), events("2026-11-16T18:00Z")).acknowledge, null);
  });

  test("says when it stands still, and when waiting costs time", () => {
    const pauses = [{ from: at("2026-09-10T10:00Z"), to: null }];
    assert.equal(clocks.run("UK-GDPR-15", place("GB"), events("2026-09-01T10:00Z", { pauses })).isStopped, true);
    const eu = clocks.run("EU-GDPR-15", place("DE"), events("2026-09-01T10:00Z", { pauses }));
    assert.equal(eu.isStopped, false);
    assert.ok(eu.steps.some(({ code }) => code === "waiting-counts"));
  });

  test("counts whole days left, none on the due day, fewer than none after it", () => {
    const clock = clocks.run("US-HIPAA-access", place("US", "NY"), events("2026-09-01T15:00Z"));
    assert.equal(daysLeft(clock, at("2026-09-01T15:00Z")), 30);
    assert.equal(daysLeft(clock, at("2026-10-02T03:59Z")), 0);
    assert.equal(daysLeft(clock, at("2026-10-02T04:00Z")), -1);
  });

  test("of a year of discovery starts when that year ends; hours run on at weekends", () => {
    const sixty = { value: 60, unit: "days" } as const;
    const found = (when: string): string => deadlineAfter(at(when), sixty, place("US", "NY"), "discovery-year-end").on;
    assert.equal(found("2026-06-01T12:00Z"), "2027-03-01");
    assert.equal(found("2027-06-01T12:00Z"), "2028-02-29");
    assert.equal(found("2027-01-01T03:00Z"), "2027-03-01", "in New York it was still last year");
    const hours = deadlineAfter(at("2026-07-03T12:00Z"), { value: 72, unit: "hours" }, place("US", "NY"), "receipt");
    assert.equal(hours.before.toISOString(), "2026-07-06T12:00:00.000Z");
  });

  test("is not made for a place that is not there", () => {
    for (const bad of [place("XX"), place("US", "ZZ"), place("constructor"), place("US", "__proto__")]) {
      assert.equal(clocks.knows(bad), false);
      assert.throws(() => clocks.run("HOUSE", bad, events("2026-09-01T15:00Z")), ClocksError);
    }
  });
});
