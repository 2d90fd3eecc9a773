// A reader of the database who knows how names are spread names no more customers from the token tables than the leakage plan says. At the full
// 100,000 customers with `npm test -- --full`.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test, type TestContext } from "node:test";
import { planLeakage } from "../../../src/vault/schema/leakage.ts";
import { loadRegistry, type Registry } from "../../../src/vault/schema/registry.ts";
import { withWidths } from "../../../src/vault/schema/test-widths.ts";
import { indexTables } from "./test-index-tables.ts";
import { groupByEquality, groupByRelatives, nameByCounting } from "./test-inference.ts";
import { makePeople, type People } from "./test-population.ts";

const CUSTOMERS = process.env["UBERRIMA_FULL"] === undefined ? 20_000 : 100_000;
const SEED = 20_260;
const TRIES = 3;
const shipped = loadRegistry(join(import.meta.dirname, "../../../governance/schema"));
const OF_NAMES = ["person-sound-birth-year", "person-prefix-birth-year"];
/** As wide as this, a token is shared by equal values alone. */
const WIDE_BITS = 64;
/** What was shipped once: every record with one value bore one token. */
const ONE_WAY = withWidths(shipped, {
  "person-sound-birth-year": { bits: 10, ways: 1 },
  "person-prefix-birth-year": { bits: 9, ways: 1 },
  "person-name-birth-year": { bits: 128, ways: 1 },
  "ssn-last4-name": { bits: 128, ways: 1 },
});

interface Named {
  readonly stated: number;
  readonly right: number;
}

describe("an attacker with the token tables and the statistics of names", () => {
  let people: People;
  before(() => {
    people = makePeople(CUSTOMERS, SEED);
  });

  function attack(registry: Registry): Named {
    const { rows, truth } = indexTables(registry, people.insured);
    const lastOf = (customerId: Parameters<typeof truth.get>[0]): string => truth.get(customerId)?.last ?? "";
    const wide = registry.allIndexes.filter(({ bits }) => bits >= WIDE_BITS).map(({ name }) => name);
    const indexes = { ofNames: OF_NAMES, wide };
    const counted = [...nameByCounting(rows, indexes, people.statistics)];
    const groups = [...groupByEquality(rows, indexes), ...groupByRelatives(rows, indexes, people.statistics)];
    // The attacker is granted the right name of every group, as if it knew one of its members.
    const rightOf = (group: (typeof groups)[number]): number =>
      Math.max(0, ...[...Map.groupBy(group, lastOf).values()].map(({ length }) => length));
    return {
      stated: counted.length + groups.flat().length,
      right:
        counted.filter(([customerId, name]) => lastOf(customerId) === name).length +
        groups.reduce((sum, group) => sum + rightOf(group), 0),
    };
  }

  function tell(context: TestContext, which: string, { stated, right }: Named): void {
    const size = CUSTOMERS.toLocaleString("en");
    context.diagnostic(`${which}: of ${size} customers ${stated} last names stated, ${right} of them right`);
  }

  /** As often as that many statements of the commonest name are right, with room for chance. */
  const worthGuessing = ({ stated }: Named): number => 20 + 3 * stated * (people.statistics.lasts[0]?.share ?? 0);

  test("gives the commonest name no oftener than the plan was made for", () => {
    const declared = shipped.population.spreads["person.last-name:fold"]?.top ?? { share: 0 };
    assert.ok("share" in declared && (people.statistics.lasts[0]?.share ?? 1) <= declared.share);
  });

  test("names no more than the plan says that anybody can by guessing", (context) => {
    const plan = planLeakage(shipped, CUSTOMERS);
    assert.deepEqual(plan.refusals, []);
    const guessed = plan.fields.find(({ field }) => field.path === "person.last-name")?.guessed ?? 0;
    const named = attack(shipped);
    tell(context, `plan: at most ${Math.round(guessed)}`, named);
    assert.ok(named.right <= guessed, `named ${named.right}, the plan says ${guessed}`);
    // Nor is what it states worth more than a guess.
    assert.ok(named.right <= worthGuessing(named));
  });

  test("is a real one: where each value has one token, as it once had, the same attacker is right far oftener than by guessing", (context) => {
    assert.ok(planLeakage(ONE_WAY, CUSTOMERS).refusals.length > 0);
    // Keys are other ones each time: under most the attacker is right a hundred times and more, under a few it is not.
    for (let left = TRIES; left > 0; left -= 1) {
      const named = attack(ONE_WAY);
      tell(context, "one token a value", named);
      if (named.right > worthGuessing(named)) return;
    }
    assert.fail("it was right no oftener than by guessing");
  });
});
