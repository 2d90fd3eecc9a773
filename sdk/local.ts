// Reaches a server's owner-only socket on the same machine: how the first administrator is made. Node only.
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import type { Asking } from "../contract/route.ts";
import { localRoutes } from "../contract/routes/access.ts";
import { localStaffRoutes } from "../contract/routes/staff.ts";
import { type Call, caller } from "./call.ts";
import { SdkError } from "./sdk-error.ts";

const ANSWER_BYTES_MAX = 1_000_000;

/** In place of a secret: public keys, or a certificate. */
type Proofs = NonNullable<Asking<typeof localRoutes.bootstrap>["body"]["proofs"]>;

/** Makes the first access administrator of the server that owns `dataFolder`. Throws SdkError. */
export async function bootstrap(dataFolder: string, name: string, proofs: Proofs = {}) {
  const call = await local(dataFolder);
  const isKeyed = Object.values(proofs).some((each) => each !== undefined);
  return call(localRoutes.bootstrap, { body: { name, ...(isKeyed ? { proofs } : {}) } });
}

/** The same for a person, who enrols by the invitation that is answered. */
export async function bootstrapPerson(dataFolder: string, person: { readonly name: string; readonly email: string }) {
  const call = await local(dataFolder);
  return call(localStaffRoutes.bootstrapPerson, { body: person });
}

/** Approves a client or a member of staff that waits, where there is no second access administrator yet. Throws SdkError. */
export async function approveLocally(dataFolder: string, clientId: string) {
  const call = await local(dataFolder);
  return call(localRoutes.approve, { body: { clientId } });
}

async function local(dataFolder: string): Promise<Call> {
  const socketPath = await findSocket(dataFolder);
  return caller({ url: "http://localhost", fetch: (url, init) => fetchOverSocket(socketPath, url, init) });
}

/** The server writes its socket's path beside its data, since such paths may hold about a hundred bytes only. */
async function findSocket(dataFolder: string): Promise<string> {
  try {
    return (await readFile(join(dataFolder, "local-socket"), "utf8")).trim();
  } catch (cause) {
    throw new SdkError("unreachable", "no server of yours runs on this data folder", { cause });
  }
}

function fetchOverSocket(socketPath: string, url: string, init: RequestInit): Promise<Response> {
  const { pathname } = new URL(url);
  const body = typeof init.body === "string" ? init.body : "";
  const headers = { ...Object.fromEntries(new Headers(init.headers)), "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: pathname, method: init.method ?? "GET", headers }, (answer) => {
      const parts: Buffer[] = [];
      let sizeBytes = 0;
      answer.on("data", (part: Buffer) => {
        sizeBytes += part.length;
        if (sizeBytes > ANSWER_BYTES_MAX) asked.destroy(new RangeError("the answer is too long"));
        else parts.push(part);
      });
      answer.on("end", () => {
        resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 500 }));
      });
      answer.on("error", reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
