// For the journey of the command line: an erasure that is refused while a claim is open and a hold stands, and the release by two.
import assert from "node:assert/strict";
import type { CliRun } from "./test-cli.ts";

interface Hands {
  cli(by: string, args: readonly string[]): Promise<CliRun>;
  json<Answer>(by: string, args: readonly string[]): Promise<Answer>;
}

interface Written {
  readonly customerId: string;
  readonly units: readonly { readonly unitId: string; readonly kind: string }[];
}

export async function tryHolds({ cli, json }: Hands, { customerId, units }: Written): Promise<void> {
  const claim = units.find(({ kind }) => kind === "claim")?.unitId ?? "";
  const erase = ["erase", customerId, "--reason", "request 87", "--yes"];
  const refused = await cli("officer", erase);
  assert.equal(refused.code, 1);
  assert.match(refused.errors, /open-claim/);
  await json("desk", ["customer", "unit", customerId, claim, "--status", "closed"]);
  const matter = ["--reference", "L-2026-14", "--ground", "litigation-expected", "--reason", "a demand letter came"];
  const { holdId } = await json<{ holdId: string }>("officer", ["hold", "place", "--customer", customerId, ...matter]);
  assert.match((await cli("officer", erase)).errors, /legal-hold/);
  assert.match((await cli("officer", ["hold", "check", customerId])).output, /legal-hold/);
  assert.equal((await cli("officer", ["hold", "release", holdId, "--reason", "I want to"])).code, 1);
  await json("lawyer", ["hold", "release", holdId, "--reason", "settled and time-barred"]);
  assert.equal((await cli("lawyer", ["hold", "decide", holdId, "--approve"])).code, 1, "never one alone");
  await json("overseer", ["hold", "decide", holdId, "--approve"]);
}
