// For tests: an SMTP server over TLS in a process of its own, which may be killed at any instant. What it took lies in a folder before it says so.
// Arguments: the folder, with cert.pem and key.pem; the port, 0 for any. Says its port, and then a line for each letter, a moment before it answers for it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { callbackify } from "node:util";
import { SMTPServer } from "smtp-server";

const [folder = "", port = "0"] = process.argv.slice(2);
const ANSWER_AFTER_MS = 300;
let taken = 0;

async function take(stream: Readable): Promise<void> {
  const letter = await buffer(stream);
  taken += 1;
  writeFileSync(join(folder, `${process.pid}-${taken}.eml`), letter);
  process.stdout.write("taken\n");
  // The first few are answered at once.
  if (taken > 2) await sleep(ANSWER_AFTER_MS);
}

const server = new SMTPServer({
  secure: true,
  cert: readFileSync(join(folder, "cert.pem")),
  key: readFileSync(join(folder, "key.pem")),
  authOptional: true,
  onData: (stream, _session, done) => callbackify(take)(stream, done),
});
server.on("error", () => {});
server.listen(Number(port), "127.0.0.1", () => {
  const { port: own } = server.server.address() as { readonly port: number };
  process.stdout.write(`port ${own}\n`);
});
