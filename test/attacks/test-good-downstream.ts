// For fuzz tests: good requests about webhooks.
import assert from "node:assert/strict";
import type { GoodRequests, Who } from "./test-good-requests.ts";
import type { Person } from "./test-stage.ts";

/** A name that nothing answers to (RFC 2606). */
const DRAFT = { name: "copies", url: "https://hooks.invalid/in", types: ["customer.erased", "disclosure.made"] };

export function onDownstream({ custodian, compliance }: Readonly<Record<Who, Person>>): GoodRequests {
  const requested = async () => {
    const { status, body, text } = await custodian.ask("POST", "/v1/webhooks", DRAFT);
    assert.equal(status, 201, text);
    return { params: { webhookId: String((body["webhook"] as { readonly webhookId: string }).webhookId) } };
  };
  // There may be fifty: each is ended before the next.
  const fresh = async () => {
    const { body } = await custodian.ask("GET", "/v1/webhooks");
    for (const { webhookId } of body["items"] as { webhookId: string }[])
      await custodian.ask("DELETE", `/v1/webhooks/${webhookId}`);
    return requested();
  };
  const approved = async () => {
    const { params } = await fresh();
    await compliance.ask("POST", `/v1/webhooks/${params.webhookId}/approval`);
    return { params };
  };
  return {
    requestWebhook: async () => {
      await fresh();
      return { body: DRAFT };
    },
    listWebhooks: async () => {
      await fresh();
      return {};
    },
    approveWebhook: fresh,
    changeWebhook: async () => ({ ...(await approved()), body: { paused: true } }),
    renewWebhookSecret: fresh,
    endWebhook: fresh,
    listDeliveries: async () => ({ ...(await fresh()), query: [["limit", "5"]] }),
    replayWebhook: async () => ({ ...(await approved()), body: { what: "since", since: "2020-01-01T00:00:00Z" } }),
  };
}
