// Authorizations on the command line: asked for, recorded, shown with their last use, renewed after they ran out, withdrawn; each with its help.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ConsentBench, openConsentBench } from "../src/authorizations/test-authorizations.ts";
import { type CliRun, runCli } from "./test-cli.ts";

let bench: ConsentBench;
let token = "";
before(async () => {
  bench = await openConsentBench();
  const scope = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  ({ token } = await bench.server.createClient(scope));
});
after(() => bench.close());

function runWith(...args: string[]): Promise<CliRun> {
  return runCli(["authorization", ...args], { UBERRIMA_URL: bench.server.url, UBERRIMA_TOKEN: token });
}

async function run(...args: string[]): Promise<string> {
  const done = await runWith(...args);
  assert.equal(done.code, 0, done.errors);
  return done.output;
}

const REACH = ["--form", "naic-670-claim", "--class", "identity", "--purpose", "claim-handling", "--recipient", "none"];
const STATEMENTS = ["--statement", "plain-language", "disclosers", "copy"];

test("an authorization goes from the paper to its end on the command line", async () => {
  const at = await bench.scene();
  const paper = ["--document", at.recordIds.get("document")!, "--signed", bench.day(-1), ...STATEMENTS];
  const made = JSON.parse(await run("record", at.customerId, ...REACH, ...paper, "--expires", bench.day(1), "--json"));
  const { authorizationId } = made as { authorizationId: string };
  const { disclosureId } = await at.ask(["person.last-name"]);
  assert.match(await run("show", at.customerId, authorizationId), new RegExp(`last used +.*entry ${disclosureId}`));
  bench.later(2 * 86_400);
  assert.match(await run("list", at.customerId), new RegExp(`${authorizationId} +naic-670-claim +expired`));
  const again = ["--document", at.recordIds.get("document")!, "--signed", bench.day(-1), ...STATEMENTS];
  const renewed = JSON.parse(
    await run("renew", at.customerId, authorizationId, ...again, "--expires", bench.day(30), "--json"),
  ) as { authorizationId: string };
  assert.match(await run("show", at.customerId, authorizationId), new RegExp(`renewed by +${renewed.authorizationId}`));
  assert.deepEqual(await at.forms(["person.last-name"]), ["clear"]);
  await run("withdraw", at.customerId, renewed.authorizationId);
  assert.deepEqual(await at.forms(["person.last-name"]), ["denied"]);
  assert.equal((await runWith("show", at.customerId, at.customerId)).code !== 0, true);
});

test("a customer is asked, and finds it in the portal; what the form does not allow is refused with its reason", async () => {
  const at = await bench.scene();
  assert.match(await run("ask", at.customerId, ...REACH, "--expires", bench.day(90)), /state +asked/);
  const own = await (await at.signIn()).authorizations.own();
  assert.deepEqual(
    own.items.map(({ state }) => state),
    ["asked"],
  );
  const beyond = REACH.map((word) => (word === "claim-handling" ? "marketing" : word));
  const refused = await runWith("ask", at.customerId, ...beyond, "--expires", bench.day(90));
  assert.notEqual(refused.code, 0);
  assert.match(refused.errors, /beyond|purposes \(marketing\)/);
  for (const verb of ["ask", "show", "renew", "record", "list", "withdraw", "forms"])
    assert.match(await run(verb, "--help"), new RegExp(`uberrima authorization ${verb}`));
});
