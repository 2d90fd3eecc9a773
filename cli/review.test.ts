// `uberrima review`, as people use it: started, looked at, decided, closed and filed, against a real server.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { startTestServer } from "../src/test-server.ts";
import { runCli } from "./test-cli.ts";

test("a review is started, shown, decided, closed and exported from the command line", async (context) => {
  const server = await startTestServer();
  context.after(() => server.stop());
  const folder = await mkdtemp(join(tmpdir(), "uberrima-review-"));
  context.after(() => rm(folder, { recursive: true }));
  const officer = await server.createClient({
    role: "security-admin",
    purposes: ["incident-response"],
    rowScope: "none",
    entities: [],
    lines: [],
  });
  const reviewer = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const subject = await server.createClient({
    role: "csr",
    purposes: ["policy-servicing"],
    name: "=cmd|' /C calc'!A0",
  });
  const run = async (by: { readonly token: string }, ...args: readonly string[]) => {
    const done = await runCli(["review", ...args], { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: by.token });
    assert.equal(done.code, 0, done.errors);
    return done.output;
  };
  const due = new Date(Date.now() + 10 * 86_400_000).toISOString();
  const people = ["--reviewer", reviewer.principalId, "--escalation", officer.principalId, "--due", due];
  const started = await run(
    officer,
    "start",
    "--name",
    "spring",
    "--principal",
    subject.principalId,
    ...people,
    "--json",
  );
  const { reviewId } = (JSON.parse(started) as { readonly review: { readonly reviewId: string } }).review;
  assert.match(await run(officer, "list"), new RegExp(`${reviewId} .*in-progress`));
  const shown = await run(reviewer, "show", reviewId, "--undecided");
  assert.match(shown, /undecided +1/);
  assert.match(shown, /csr/);
  await run(reviewer, "decide", reviewId, "--all-suggested", "--as", "approve", "--reason", "still needed");
  assert.match(await run(officer, "close", reviewId), /complete/);
  for (const format of ["csv", "pdf"]) {
    const out = join(folder, `review.${format}`);
    await run(officer, "export", reviewId, "--out", out);
    assert.equal((await stat(out)).mode & 0o777, 0o600);
  }
  assert.match(await readFile(join(folder, "review.csv"), "utf8"), /"'=cmd/);
  assert.equal((await readFile(join(folder, "review.pdf"))).subarray(0, 4).toString(), "%PDF");
  const again = await runCli(["review", "export", reviewId, "--out", join(folder, "review.csv")], {
    UBERRIMA_URL: server.url,
    UBERRIMA_TOKEN: officer.token,
  });
  assert.notEqual(again.code, 0, "what is there already is not written over");
});

test("a review that cannot start is cancelled rather than left lying about", async (context) => {
  const server = await startTestServer();
  context.after(() => server.stop());
  const officer = await server.createClient({ role: "compliance", purposes: ["audit"], rowScope: "everything-masked" });
  const reviewer = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const world = { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: officer.token };
  const people = ["--reviewer", reviewer.principalId, "--escalation", reviewer.principalId, "--due", "2100-01-01"];
  const late = await runCli(["review", "start", "--name", "x", ...people], world);
  assert.notEqual(late.code, 0);
  assert.match(late.errors, /due within a year/);
  const due = new Date(Date.now() + 86_400_000).toISOString();
  const soon = [...people.slice(0, -1), due, "--principal", reviewer.principalId];
  const alone = await runCli(["review", "start", "--name", "x", ...soon], world);
  assert.match(alone.errors, /name more reviewers/);
  const listed = await runCli(["review", "list"], world);
  assert.match(listed.output, /cancelled/);
});
