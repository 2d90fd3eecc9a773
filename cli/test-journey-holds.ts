// For the journey of the command line: an erasure that is refused while a claim is open and a hold stands, and the release by two.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import type { CliRun } from "./test-cli.ts";

interface Hands {
  cli(by: string, args: readonly string[]): Promise<CliRun>;
  json<Answer>(by: string, args: readonly string[]): Promise<Answer>;
}

interface Written {
  readonly customerId: string;
  readonly units: readonly { readonly unitId: string; readonly kind: string }[];
}

/** The certificate with its proof, checked offline by the log's key alone; a changed one is not. */
export async function tryCertificate(
  { json, runCli }: Pick<Hands, "json"> & { runCli(args: readonly string[]): Promise<CliRun> },
  { erase, to, logKey }: { readonly erase: readonly string[]; readonly to: string; readonly logKey: string },
): Promise<void> {
  const { erasureId } = await json<{ erasureId: string }>("officer", [...erase, "--yes", "--certificate", to]);
  assert.equal((JSON.parse(await readFile(to, "utf8")) as { scope: string }).scope, "customer");
  await json("officer", ["certificate", erasureId, "--to", to]);
  assert.equal((await runCli(["verify", "certificate", to, "--key", logKey])).code, 0);
  await writeFile(
    to,
    (await readFile(to, "utf8")).replace('"retention-unit"', '"customer"').replace("finalAt", "final-at"),
  );
  assert.equal((await runCli(["verify", "certificate", to, "--key", logKey])).code, 3);
  await json("officer", ["certificate", erasureId, "--to", `${to}.pdf`]);
  assert.equal((await readFile(`${to}.pdf`)).subarray(0, 5).toString(), "%PDF-");
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

/** A disposal from the command line: previewed by one, approved by another, followed to its certificate, which is checked offline. */
export async function tryDisposal(
  { cli, json, runCli }: Hands & { runCli(args: readonly string[]): Promise<CliRun> },
  { to, logKey }: { readonly to: string; readonly logKey: string },
): Promise<void> {
  assert.match((await cli("officer", ["retention", "schedule"])).output, /ny-152-claim .*11 NYCRR 243\.2/);
  const preview = ["retention", "preview", "--reason", "yearly disposal"];
  const { disposalId, found } = await json<{ disposalId: string; found: { digest: string } }>("officer", preview);
  const approve = ["retention", "approve", disposalId, "--digest", found.digest];
  assert.match((await cli("officer", approve)).errors, /does not decide/);
  const other = ["retention", "approve", disposalId, "--digest", "0".repeat(64)];
  assert.match((await cli("overseer", other)).errors, /not the one that was looked at/);
  await cli("overseer", ["retention", "units", disposalId, "--to", `${to}.pdf`]);
  assert.equal((await readFile(`${to}.pdf`)).subarray(0, 5).toString(), "%PDF-");
  await cli("overseer", ["retention", "units", disposalId, "--to", `${to}.csv`]);
  assert.match(await readFile(`${to}.csv`, "utf8"), /^line,verdict,customer,unit,/);
  await json("overseer", approve);
  const run = await cli("officer", ["retention", "run", disposalId, "--to", to]);
  assert.equal(run.code, 0, run.errors);
  assert.match(run.output, /complete/);
  assert.match((await cli("officer", ["retention", "status"])).output, new RegExp(`${disposalId} .*complete`));
  assert.match((await runCli(["verify", "certificate", to, "--key", logKey])).output, new RegExp(disposalId));
  await writeFile(to, (await readFile(to, "utf8")).replace('"erased": []', '"erased": [1]'));
  assert.equal((await runCli(["verify", "certificate", to, "--key", logKey])).code, 3);
  await tryRound({ cli, json });
}

/** A round of notices by the same two. */
async function tryRound({ cli, json }: Hands): Promise<void> {
  const preview = ["notice", "preview", "glba", "--reason", "yearly notices"];
  const { roundId, found } = await json<{ roundId: string; found: { digest: string } }>("officer", preview);
  const approve = ["notice", "approve", roundId, "--digest", found.digest];
  assert.match((await cli("officer", approve)).errors, /does not decide/);
  await json("overseer", approve);
  assert.match((await cli("officer", ["notice", "run", roundId])).output, /complete/);
  assert.match((await cli("officer", ["notice", "status"])).output, new RegExp(`${roundId} .*complete`));
  assert.equal((await cli("officer", ["notice", "customers", roundId])).code, 0);
}
