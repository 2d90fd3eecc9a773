// A webhook: only a 2xx answer counts, everything else is tried again, in order, and nothing is sent elsewhere.
import assert from "node:assert/strict";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { makeTestCertificate, type TestCertificate } from "../http/test-certificate.ts";
import { appendMany } from "../ledger/test-ledger.ts";
import { openTestStreams, until } from "./test-streams.ts";
import { webhookSink } from "./webhook-sink.ts";

interface Collector {
  readonly url: URL;
  readonly certificate: TestCertificate;
  readonly kept: string[];
  readonly tokens: Set<string>;
  /** What is answered next; 200 when nothing is left. 0 hangs up. */
  readonly answers: number[];
}

async function startCollector(context: TestContext): Promise<Collector> {
  const certificate = makeTestCertificate(new Date());
  const [kept, answers]: [string[], number[]] = [[], []];
  const tokens = new Set<string>();
  const server: Server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      tokens.add(request.headers.authorization ?? "none");
      const status = answers.shift() ?? 200;
      if (status === 0) return void request.socket.destroy();
      if (status === 200) kept.push(...Buffer.concat(parts).toString("utf8").trimEnd().split("\n"));
      response.writeHead(status, status === 307 ? { location: "https://127.0.0.1:1/elsewhere" } : {}).end("noted");
    });
  });
  context.after(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`https://127.0.0.1:${port}/in`), certificate, kept, tokens, answers };
}

test("refusals, redirections and cut connections are tried again until a 2xx answer, in order", async (context) => {
  const streams = await openTestStreams(context);
  const collector = await startCollector(context);
  collector.answers.push(500, 0, 403, 307);
  const entries = await appendMany(streams.ledger, 150);
  const sink = webhookSink({
    url: collector.url,
    token: "let-me-in",
    ca: collector.certificate.certPem,
    stallMs: 5000,
  });
  const stream = streams.start(sink, { name: "webhook" });
  await until(() => collector.kept.length >= 150 && stream.state().waitingSince === null);
  const ids = collector.kept.map((line) => (JSON.parse(line) as { metadata: { uid: string } }).metadata.uid);
  const inOrder = entries.toSorted((one, other) => one.index - other.index).map(({ entryId }) => entryId);
  assert.deepEqual(ids, inOrder);
  assert.deepEqual([...collector.tokens], ["Bearer let-me-in"]);
  assert.equal(streams.failures.length, 4);
});

test("a collector whose certificate is not trusted gets neither events nor the token", async (context) => {
  const streams = await openTestStreams(context);
  const collector = await startCollector(context);
  await appendMany(streams.ledger, 1);
  const ca = makeTestCertificate(new Date()).certPem;
  const stream = streams.start(webhookSink({ url: collector.url, token: "let-me-in", ca, stallMs: 5000 }));
  await until(() => stream.state().failing !== null);
  assert.equal(stream.state().failing, "receiver-untrusted");
  assert.deepEqual([...collector.tokens], []);
});
