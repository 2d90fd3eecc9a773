// What the command line is told and says in the life of canaries: everything but what somebody entitled is shown.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCli } from "../../cli/test-cli.ts";
import { canaryFor, registry } from "./test-canaries.ts";
import { FEEDS, type Scene } from "./test-canary-life.ts";
import type { Person } from "./test-stage.ts";

/** `folder` is the home of whoever types: what they give lies in another. */
export async function typeThings(scene: Scene, folder: string, given: string, customerId: string): Promise<void> {
  const { life, secret, hire } = scene;
  await mkdir(join(folder, "home"), { recursive: true });
  await mkdir(given, { recursive: true });
  const stranger = await hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const feeder = await hire({
    role: "service-account",
    purposes: ["administration"],
    ...FEEDS,
    classes: ["identity"],
  });
  const run = async (by: Person, ...args: readonly string[]): Promise<void> => {
    const home = { HOME: join(folder, "home"), XDG_CONFIG_HOME: join(folder, "home") };
    const { output, errors } = await runCli(args, { UBERRIMA_URL: scene.at.url, UBERRIMA_TOKEN: by.token, ...home });
    life.answers.push(output, errors);
  };
  const ssn = canaryFor(registry.field("government-id.ssn")!);
  life.secrets.push(...ssn.secrets);
  const feed = join(given, "feed.ndjson");
  const row = { customer_number: secret(), last_name: secret(), birth_date: secret() };
  await writeFile(feed, `${JSON.stringify(row)}\n{"customer_number": "${secret()}\n`);
  await Promise.all([
    run(stranger, "search", "ssn", "--value", `ssn=${ssn.given}`, "--purpose", "claim-handling"),
    run(stranger, "disclose", customerId, "--purpose", "claim-handling", "--field", "claim.narrative", "--json"),
    run(stranger, "disclose", secret(), "--purpose", secret()),
    run(feeder, "import", feed, "--mapping", "sample-customers"),
    run({ ...stranger, token: secret() }, "client", "list"),
  ]);
}
