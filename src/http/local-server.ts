// The owner-only socket in the data folder: whoever may open it holds the machine, and may make the first administrator. Nothing else is here.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Logger } from "pino";
import { localRoutes } from "../../contract/routes/access.ts";
import { localStaffRoutes } from "../../contract/routes/staff.ts";
import { clientAnswer } from "./access/client-answer.ts";
import { knownNames } from "./known-names.ts";
import { servePublic } from "./serve.ts";
import { createServer } from "./server.ts";
import { idOf, type Shell } from "./shell.ts";
import { invitationAnswer, staffAnswer } from "./staff/staff-answer.ts";
import { proofsOf } from "./systems/keys-answer.ts";

/** Unix socket paths hold about this many bytes (sun_path: 104 on macOS, 108 on Linux). */
const SOCKET_PATH_BYTES_MAX = 100;
const POINTER_FILE = "local-socket";
const ADMINISTRATOR_DAYS = 365;
const DAY_MS = 86_400_000;

type Local = Pick<Shell, "access" | "clock" | "signIns" | "systems">;

export interface LocalServer {
  readonly socketPath: string;
  stop(): Promise<void>;
}

/** `dataFolder` is owner-only already. Its file `local-socket` tells the command line where the socket is. */
export async function startLocalServer(
  domains: Local,
  options: { readonly dataFolder: string; readonly log: Logger },
): Promise<LocalServer> {
  const names = knownNames([...Object.values(localRoutes), localStaffRoutes.bootstrapPerson], []);
  const http = createServer({ log: options.log, names, tls: null, trustedProxies: [] });
  addBootstrap(http, domains);
  addApproval(http, domains);
  const { socketPath, folder } = await findPlace(options.dataFolder);
  await rm(socketPath, { force: true });
  await http.listen({ path: socketPath });
  await chmod(socketPath, 0o600);
  const pointer = join(options.dataFolder, POINTER_FILE);
  await writeFile(pointer, `${socketPath}\n`, { mode: 0o600 });
  return {
    socketPath,
    async stop() {
      await rm(pointer, { force: true });
      await http.close();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    },
  };
}

function addBootstrap(http: ReturnType<typeof createServer>, { access, clock, signIns, systems }: Local): void {
  servePublic(http, localRoutes.bootstrap, async ({ body }) => {
    const expiresAt = new Date(clock.now().getTime() + ADMINISTRATOR_DAYS * DAY_MS);
    const proofs = proofsOf(body.proofs ?? {}, clock.now());
    const { clientId, token } = await systems.bootstrap({ name: body.name, expiresAt }, proofs);
    const client = await access.describePrincipal(clientId);
    if (client === null) throw new Error("the administrator just made is not there");
    return { client: clientAnswer(client), token };
  });
  servePublic(http, localStaffRoutes.bootstrapPerson, async ({ body }) => {
    const { principalId, invitation } = await signIns.staff.makeFirst(body);
    const { person } = await signIns.staff.show(principalId);
    return { staff: staffAnswer(person), invitation: invitationAnswer(invitation) };
  });
}

/** The second administrator, person or client, has nobody to approve them but whoever holds the machine. */
function addApproval(http: ReturnType<typeof createServer>, { access, signIns, systems }: Local): void {
  servePublic(http, localRoutes.approve, async ({ body }) => {
    const id = idOf(body.clientId);
    const described = await access.describePrincipal(id);
    if (described?.kind === "staff") await signIns.staff.approve(id, access.system);
    else await systems.approve(id, access.system);
    return { id };
  });
}

/** In the data folder, or in an owner-only folder of its own where that path would be too long. */
async function findPlace(dataFolder: string): Promise<{ socketPath: string; folder: string | null }> {
  const socketPath = join(dataFolder, "local.sock");
  if (Buffer.byteLength(socketPath) <= SOCKET_PATH_BYTES_MAX) return { socketPath, folder: null };
  const folder = await mkdtemp(join(tmpdir(), "uberrima-"));
  return { socketPath: join(folder, "local.sock"), folder };
}
