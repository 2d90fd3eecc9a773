// Background tasks and resources: repeated without overlap, tried again after failures, and ended in good order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "./http/http.ts";
import { startBackground } from "./background.ts";
import { Stack } from "./stack.ts";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("a task is never run twice at once, and stopping waits for the one under way", async () => {
  let running = 0;
  let most = 0;
  let finished = 0;
  const second = Promise.withResolvers<void>();
  const run = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await pause(20);
    running -= 1;
    finished += 1;
    if (finished === 2) second.resolve();
  };
  const background = startBackground([{ name: "slow", run }], createLog("silent"), 1);
  await second.promise;
  await background.stop();
  const total = finished;
  assert.equal(most, 1);
  assert.equal(running, 0);
  assert.ok(total >= 2);
  await pause(40);
  assert.equal(finished, total);
});

test("a failing task is named until it succeeds again, and its failure is logged without its words", async () => {
  const logged: string[] = [];
  const log = createLog("info", { write: (line) => void logged.push(line) });
  let fail = true;
  const run = async (): Promise<void> => {
    if (fail) throw new Error("Marlowe");
  };
  const background = startBackground([{ name: "shaky", run }], log, 1);
  await pause(20);
  assert.deepEqual(background.failing(), ["shaky"]);
  fail = false;
  await pause(20);
  assert.deepEqual(background.failing(), []);
  await background.stop();
  assert.ok(logged.length > 0);
  assert.ok(!logged.join("").includes("Marlowe"));
});

test("what was opened last is closed first, all of it, also when one fails", async () => {
  const closed: string[] = [];
  const opened = new Stack();
  opened.keep("first", (name) => closed.push(name));
  opened.keep("second", () => Promise.reject(new Error("second")));
  opened.keep("third", (name) => closed.push(name));
  await assert.rejects(opened.close(), /second/);
  assert.deepEqual(closed, ["third", "first"]);
  await opened.close();
  assert.deepEqual(closed, ["third", "first"]);
});
