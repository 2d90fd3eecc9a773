// The SDK as a system uses it: it asks for tokens by its certificate, uses them, and asks again when one was ended.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createClient } from "../../../sdk/create-client.ts";
import { makeTestCertificate } from "../test-certificate.ts";
import { startTlsServer } from "./test-systems.ts";

test("a client with a certificate is let in by it, and not once it was suspended", async () => {
  const tls = await startTlsServer();
  try {
    const own = makeTestCertificate(new Date(), { commonName: "auditor" });
    const draft = {
      name: "auditor",
      role: "internal-auditor",
      purposes: ["audit"],
      entities: ["acme"],
      lines: ["life"],
    };
    const proofs = { certificate: own.certPem };
    const made = await tls.send("/v1/clients", { token: tls.server.admin.token, json: { ...draft, proofs } });
    const { clientId } = made.body["client"] as { clientId: string };
    const ca = readFileSync(tls.server.config.listen.tls?.certFile ?? "", "utf8");
    const mtls = { clientId, certificate: own.certPem, key: own.keyPem, ca };
    const client = createClient({ url: tls.server.url, auth: { mtls } });
    assert.ok((await client.findings.list()).items.length > 0);
    await tls.send(`/v1/clients/${clientId}`, {
      method: "PATCH",
      token: tls.server.admin.token,
      json: { status: "suspended" },
    });
    await assert.rejects(client.findings.list(), { code: "invalid-client" });
  } finally {
    await tls.server.stop();
  }
});
