// For fuzz tests: good requests about mappings that people make, and about files that wait for approval.
import assert from "node:assert/strict";
import { policyFeed } from "../../src/import/test-feed.ts";
import { PEOPLE } from "../../src/feeds/test-feeds.ts";
import { asId } from "../../src/kernel/ids.ts";
import type { TestServer } from "../../src/test-server.ts";
import type { GoodRequests, Hands } from "./test-good-requests.ts";

interface Scene extends Pick<Hands, "people"> {
  readonly server: TestServer;
}

export function goodFeeds({ server, people }: Scene): GoodRequests {
  const { operator, compliance, feed } = people;
  let made = 0;
  const standing: string[] = [];
  const text = (): string => PEOPLE.replace("broker-people", `made-${(made += 1)}`);
  const proposed = async (): Promise<string> => {
    const { body, status, text: said } = await operator.ask("POST", "/v1/mappings", { text: text() });
    assert.equal(status, 201, said);
    const { mappingId } = body["made"] as { readonly mappingId: string };
    standing.push(mappingId);
    // Few may stand at once.
    const old = standing.length > 20 ? standing.shift() : undefined;
    if (old !== undefined) await compliance.ask("DELETE", `/v1/mappings/${old}`);
    return mappingId;
  };
  const requested = async (): Promise<{ readonly importId: string; readonly sha256: string }> => {
    const { bytes, sha256 } = policyFeed(400 + (made += 1));
    const { body } = await feed.ask("POST", "/v1/imports", { mapping: "life-policy", sizeBytes: bytes.length, sha256 });
    const importId = String(body["importId"]);
    // As when a person announces it: API clients have the permission or have not.
    const { access, feeds } = server.app.domains;
    await feeds.imports.request(asId(importId), (await access.authenticate(operator.token))!);
    return { importId, sha256 };
  };
  return {
    proposeMapping: async () => {
      const old = standing.length > 20 ? standing.shift() : undefined;
      if (old !== undefined) await compliance.ask("DELETE", `/v1/mappings/${old}`);
      return { body: { text: text() } };
    },
    approveMapping: async () => ({ params: { mappingId: await proposed() } }),
    endMapping: async () => ({ params: { mappingId: await proposed() } }),
    tryMapping: async () => ({ body: { text: text(), head: "no,first,last,born,street,phone\n1,Ada,King,,,\n" } }),
    approveImport: async () => {
      const { importId, sha256 } = await requested();
      return { params: { importId }, body: { sha256 } };
    },
  };
}
