// For journeys: somebody of staff who is signed in, without the way through the pages that other journeys try.
import assert from "node:assert/strict";
import type { Visitor } from "./test-browser.ts";
import { codeAt, type JourneyStage, PASSWORD } from "./test-staff.ts";

export interface SignedIn {
  readonly staffId: string;
  /** Of their authenticator app, for what asks for a factor once more. */
  readonly secret: string;
}

/** `changes` as for a new member of staff: role, purposes, rowScope, entities, lines. */
export async function signInAs(stage: JourneyStage, visitor: Visitor, changes: object = {}): Promise<SignedIn> {
  const { link, staffId } = await stage.invite("Ada Byron", changes);
  const token = new URL(link).hash.slice(1);
  await post(stage, visitor, "/v1/invitations/acceptance", { token, as: "cookie" });
  await post(stage, visitor, "/v1/me/password", { password: PASSWORD });
  const { factorId, secret } = (await post(stage, visitor, "/v1/me/totp", { name: "app" })) as Record<string, string>;
  const code = await codeAt(secret!, stage.now());
  await post(stage, visitor, `/v1/me/totp/${factorId}/confirmation`, { code });
  return { staffId, secret: secret! };
}

/** As the pages themselves ask, with the browser's own cookies. */
async function post(stage: JourneyStage, { context }: Visitor, path: string, data: object): Promise<unknown> {
  const method = path === "/v1/me/password" ? "PUT" : "POST";
  const headers = { "x-uberrima-request": "1", origin: stage.site };
  const answer = await context.request.fetch(`${stage.site}${path}`, { method, data, headers });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
