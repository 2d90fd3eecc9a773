// Which law reaches a request, in every kind of place; and rules that are held to their form.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Asked, type Events, openClocks, type Place } from "./clocks.ts";

const GOVERNANCE = join(import.meta.dirname, "../../governance");
const clocks = openClocks(GOVERNANCE);

const place = (country: string, state: string | null = null): Place => ({ country, state });
const events = (receivedAt: string): Events => ({
  receivedAt: new Date(receivedAt),
  pauses: [],
  isExtended: false,
  now: new Date(receivedAt),
});

describe("the law that applies", () => {
  const chosen = (asked: Omit<Asked, "about"> & { readonly about?: Asked["about"] }, on = "2026-09-01T18:00Z") =>
    clocks.choose({ about: "insurance", ...asked }, events(on));

  test("is the one of the place, whatever the country of the Union", () => {
    for (const country of ["DE", "IE", "NO"])
      assert.equal(chosen({ kind: "access", place: place(country), lines: ["auto"] }).governing.id, "EU-GDPR-15");
    assert.equal(chosen({ kind: "erasure", place: place("GB"), lines: ["auto"] }).governing.id, "UK-GDPR-16-22");
    assert.equal(chosen({ kind: "access", place: place("BR"), lines: ["auto"] }).governing.id, "BR-LGPD-access");
  });

  test("is that of the province before that of its country, where both end on the same day", () => {
    const quebec = chosen({ kind: "access", place: place("CA", "QC"), lines: ["auto"] });
    assert.equal(quebec.governing.id, "CA-QC-access");
    assert.equal(quebec.judged.find(({ rule }) => rule.id === "CA-PIPEDA-access")?.verdict, "applies");
    assert.equal(
      chosen({ kind: "access", place: place("CA", "ON"), lines: ["auto"] }).governing.id,
      "CA-PIPEDA-access",
    );
  });

  test("leaves insurers out wherever a state's privacy law does, for each right that it knows", () => {
    const states = clocks.rules.filter(({ id }) => id.endsWith("-PRIV"));
    assert.equal(states.length, 19);
    for (const { id, kinds, reach, exemption } of states)
      for (const kind of kinds)
        for (const about of ["insurance", "website-or-marketing", "consumer-report"] as const) {
          const asked = { kind, about, place: place("US", reach.states?.[0]), lines: ["auto"] } as const;
          const { judged, governing } = chosen(asked);
          const isReached = exemption?.insurers === "data" && about === "website-or-marketing";
          const verdict = isReached ? "applies" : exemption?.insurers === "data" ? "data-exempt" : "insurer-exempt";
          assert.equal(judged.find(({ rule }) => rule.id === id)?.verdict, verdict, `${id}, ${kind}, ${about}`);
          assert.ok(isReached || governing.id !== id);
          // Each says by what: that GLBA covers the institution or the information, or that it is an insurer.
          const says = {
            "glba-entity": /^GLBA entity exemption: .* 6809/,
            "glba-data": /^GLBA data exemption: /,
            insurer: /^Insurer exemption: /,
          };
          assert.match(exemption?.text ?? "", says[exemption?.by ?? "insurer"], id);
        }
  });

  test("leaves insurers out where it says so, and says that", () => {
    const { judged, governing } = chosen({ kind: "erasure", place: place("US", "VA"), lines: ["auto"] });
    assert.equal(judged.find(({ rule }) => rule.id === "US-VA-PRIV")?.verdict, "insurer-exempt");
    assert.equal(governing.id, "NAIC670-correct");
  });

  test("reaches what insurance law does not cover, where only such data is left out", () => {
    const california = { kind: "access", place: place("US", "CA"), lines: ["auto"] } as const;
    const insurance = chosen(california);
    assert.equal(insurance.judged.find(({ rule }) => rule.id === "US-CA-CCPA-know")?.verdict, "data-exempt");
    assert.equal(insurance.governing.id, "NAIC670-access");
    assert.equal(chosen({ ...california, about: "website-or-marketing" }).governing.id, "US-CA-CCPA-know");
  });

  test("is HIPAA only where health insurance is held", () => {
    const lines = (held: Asked["lines"]) => chosen({ kind: "access", place: place("US", "OH"), lines: held });
    assert.equal(lines(["auto"]).judged.find(({ rule }) => rule.id === "US-HIPAA-access")?.verdict, "other-line");
    assert.equal(
      lines(["auto", "health"]).governing.id,
      "US-HIPAA-access",
      "thirty days end before thirty business days",
    );
  });

  test("is the house's promise where none reaches the request", () => {
    const texas = chosen({ kind: "erasure", place: place("US", "TX"), lines: ["auto"] });
    assert.equal(texas.governing.id, "HOUSE");
    assert.equal(texas.clock.setBy, "house");
    assert.deepEqual(
      texas.judged.map(({ rule, verdict }) => [rule.id, verdict]),
      [["US-TX-PRIV", "insurer-exempt"]],
    );
  });
});

describe("the rules", () => {
  test("hold every right of the compiled facts, each with its citation, its confidence and what was read", () => {
    assert.equal(clocks.rules.filter(({ id }) => id !== "HOUSE" && id !== "UK-GDPR-16-22").length, 52);
    for (const rule of clocks.rules) assert.ok(rule.citation !== "" && rule.confidence && rule.confirmed, rule.id);
    const open = clocks.rules.filter(({ confidence }) => confidence === "low").map(({ id }) => id);
    assert.deepEqual(open, ["US-CA-CCPA-ADMT"]);
  });

  test("are refused with file and line where one is wrong", async () => {
    const folder = await mkdtemp(join(tmpdir(), "uberrima-clocks-"));
    mkdirSync(join(folder, "rules"));
    const house = readFileSync(join(GOVERNANCE, "rules/rights-house.yaml"), "utf8");
    writeFileSync(join(folder, "rules/rights-house.yaml"), house.replace("unit: days", "unit: fortnights"));
    assert.throws(() => openClocks(folder), /rights-house\.yaml:\d+:\d+: .*fortnights/);
    writeFileSync(join(folder, "rules/rights-house.yaml"), house.replace("id: HOUSE", "id: HOUZE"));
    assert.throws(() => openClocks(folder), /HOUSE is missing/);
  });

  test("have each ground in the words that customers read, in every language, and no words without a ground", async () => {
    for (const { refusals } of clocks.rules)
      for (const { code } of refusals) {
        const words = clocks.refusalWords(code);
        assert.equal(new Set(Object.values(words ?? {})).size, 3, code);
      }
    const folder = await mkdtemp(join(tmpdir(), "uberrima-clocks-"));
    mkdirSync(join(folder, "rules"));
    writeFileSync(join(folder, "rules/rights-house.yaml"), readFileSync(join(GOVERNANCE, "rules/rights-house.yaml")));
    writeFileSync(
      join(folder, "rules/refusal-words.yaml"),
      "version: 1\ngrounds:\n  too-late: { en: a, es: b, de: c }\n",
    );
    assert.throws(() => openClocks(folder), /"no-right-here" is missing[\s\S]*no rule names it/);
  });
});
