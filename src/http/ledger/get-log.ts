// GET /v1/log
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import type { LogKey } from "../../ledger/ledger.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { instantOf } from "./entry-answer.ts";

export function getLog(http: FastifyInstance, { ledger }: Shell): void {
  servePublic(http, ledgerRoutes.log, async () => {
    const keys = await ledger.keys();
    const { origin, logKey, promiseKey } = ledger;
    const described = [
      ...keys["ledger-signing"].map((key) => describe(key, "checkpoints" as const)),
      ...keys["promise-signing"].map((key) => describe(key, "promises" as const)),
    ];
    return { origin, logKey, promiseKey, tilesPrefix: "/log", keys: described };
  });
}

function describe<Signs extends string>({ key, since, signs, handover }: LogKey, what: Signs) {
  return { key, signs: what, since: since === null ? null : instantOf(since), isRetired: !signs, handover };
}
