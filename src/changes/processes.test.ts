// Changes that wait, in several server processes at once, and on a server whose rules ask for no word of the customer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { governanceWith } from "../test-governance.ts";
import { startTestServer } from "../test-server.ts";
import { openTestChanges } from "./test-changes.ts";

const TRIES_MAX = 200;
const PAUSE_MS = 100;

test("of two processes that bring the same changes into effect each is written once, and the customer told once", async () => {
  const bench = await openTestChanges();
  const beside = await startTestServer({
    beside: bench.server,
    clock: bench.clock,
    // Whoever of them acts writes the letter.
    settings: bench.smtp.settings,
  });
  try {
    const scenes = [await bench.scene(), await bench.scene(), await bench.scene()];
    for (const at of scenes) {
      const { code, ...change } = await bench.askBank(at);
      await at.agent.client.changes.confirm(change, code);
    }
    await bench.later(0);
    await Promise.all([bench.later(73), beside.app.domains.changes.finish(), beside.app.domains.changes.finish()]);
    await Promise.all([bench.later(0), beside.app.domains.changes.finish()]);
    // A letter is handed over just after its act, by whichever process acted.
    const isTold = (): boolean => scenes.every((at) => bench.letters(at).length >= 2);
    for (let tries = 0; tries < TRIES_MAX && !isTold(); tries += 1) {
      await bench.deliver();
      await sleep(PAUSE_MS);
    }
    await bench.deliver();
    for (const at of scenes) {
      assert.equal(await bench.revision(at, "bank-account"), 2);
      assert.equal((await bench.entries(at, "record-correct")).length, 1);
      assert.deepEqual(bench.letters(at), ["Please confirm a change", "A change has taken effect"]);
    }
  } finally {
    await beside.stop();
    await bench.close();
  }
});

test("where the rules ask for no confirmation, the hours alone decide, without a letter", async () => {
  const governance = await governanceWith(
    "access/changes.yaml",
    "needsConfirmation: true\ncooling",
    "needsConfirmation: false\ncooling",
  );
  const bench = await openTestChanges({ settings: governance.settings });
  try {
    const at = await bench.scene();
    const { pending } = await bench.correct(at, "bank-account", { "holder-name": "Somebody Else" });
    assert.equal(pending?.confirmed, true);
    await bench.later(71);
    assert.equal(await bench.revision(at, "bank-account"), 1);
    await bench.later(2);
    assert.equal(await bench.revision(at, "bank-account"), 2);
    await bench.deliver();
    assert.deepEqual(bench.letters(at), []);
  } finally {
    await bench.close();
    await governance.remove();
  }
});
