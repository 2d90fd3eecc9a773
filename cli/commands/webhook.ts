// `uberrima webhook ...`: which other systems are told of events, and what became of it.
import { type Command, Option } from "commander";
import { deliveryState, eventType } from "../../contract/webhooks.ts";
import { examples, instant } from "../options.ts";
import { printJson, printPairs, printTable } from "../output.ts";
import { allPages } from "../pages.ts";
import { globalsOf, openSession, type World } from "../session.ts";

interface RequestOptions {
  readonly url: string;
  readonly name: string;
  readonly type: (typeof eventType.options)[number][];
}

export function addWebhook(program: Command, world: World): void {
  const webhook = program.command("webhook").description("events told to other systems: ids and codes, signed");
  webhook
    .command("list")
    .description("webhooks, and how many deliveries wait or were given up")
    .addHelpText("after", examples("uberrima webhook list", "uberrima webhook list --json"))
    .action(async (_: unknown, command: Command) => list(world, command));
  webhook
    .command("request")
    .description("ask for one; a second person approves it. Prints the secret, which is shown once")
    .requiredOption("--name <text>", "for people to tell it from others")
    .requiredOption("--url <url>", "an https address")
    .addOption(new Option("--type <type...>", "what to be told of").choices(eventType.options).makeOptionMandatory())
    .addHelpText(
      "after",
      examples(
        'uberrima webhook request --name "claims system" --url https://hooks.example.com/in --type customer.erased record.corrected',
      ),
    )
    .action(async ({ type: types, ...rest }: RequestOptions, command: Command) => {
      const { webhook: made, secret } = await (await openSession(world, command)).webhooks.request({ ...rest, types });
      print(world, command, { ...made, secret }, [
        ["requested", made.webhookId],
        ["secret", secret ?? "shown before"],
      ]);
    });
  addChanges(webhook, world);
  addDeliveries(webhook, world);
}

function addChanges(webhook: Command, world: World): void {
  const change = (name: string, description: string) =>
    webhook
      .command(name)
      .argument("<webhook-id>")
      .description(description)
      .addHelpText("after", examples(`uberrima webhook ${name} 0198…`));
  change("approve", "approve what somebody else asked for").action(
    async (webhookId: string, _: unknown, command: Command) => {
      const made = await (await openSession(world, command)).webhooks.approve(webhookId);
      print(world, command, made, [["in force since", made.approvedAt ?? ""]]);
    },
  );
  for (const [name, paused] of [
    ["pause", true],
    ["resume", false],
  ] as const)
    change(name, paused ? "send nothing for now" : "go on sending").action(
      async (webhookId: string, _: unknown, command: Command) => {
        const made = await (await openSession(world, command)).webhooks.pause(webhookId, paused);
        print(world, command, made, [["state", made.state]]);
      },
    );
  change("renew-secret", "another secret; the one before signs as well for a day").action(
    async (webhookId: string, _: unknown, command: Command) => {
      const { webhook: made, secret } = await (await openSession(world, command)).webhooks.renewSecret(webhookId);
      print(world, command, { ...made, secret }, [["secret", secret ?? "shown before"]]);
    },
  );
  change("end", "end it; what waits is dropped").action(async (webhookId: string, _: unknown, command: Command) => {
    const ended = await (await openSession(world, command)).webhooks.end(webhookId);
    print(world, command, ended, [["ended", ended.id]]);
  });
}

function addDeliveries(webhook: Command, world: World): void {
  webhook
    .command("deliveries")
    .argument("<webhook-id>")
    .addOption(new Option("--state <state>", "only those").choices(deliveryState.options))
    .description("what was sent, waits, or was given up, the newest first")
    .addHelpText("after", examples("uberrima webhook deliveries 0198… --state dead"))
    .action(
      async (webhookId: string, options: { state?: (typeof deliveryState.options)[number] }, command: Command) => {
        const session = await openSession(world, command);
        const items = await allPages((page) => session.webhooks.deliveries(webhookId, { ...options, ...page }));
        if (globalsOf(command).json === true) return printJson(world.streams, { items });
        const rows = items.map((one) => [one.entryId, one.type, one.state, one.attempts, one.outcome ?? "", one.dueAt]);
        printTable(world.streams, ["ENTRY", "TYPE", "STATE", "TRIES", "OUTCOME", "DUE"], rows);
      },
    );
  webhook
    .command("replay")
    .argument("<webhook-id>")
    .option("--since <time>", "everything since a day or time, out of the ledger; dead letters when left out", instant)
    .description("send once more")
    .addHelpText("after", examples("uberrima webhook replay 0198…", "uberrima webhook replay 0198… --since 2026-11-01"))
    .action(async (webhookId: string, { since }: { since?: string }, command: Command) => {
      const what = since === undefined ? ({ what: "dead" } as const) : ({ what: "since", since } as const);
      const done = await (await openSession(world, command)).webhooks.replay(webhookId, what);
      print(world, command, done, [["sent again", String(done.events ?? "")]]);
    });
}

async function list(world: World, command: Command): Promise<void> {
  const { items } = await (await openSession(world, command)).webhooks.list();
  if (globalsOf(command).json === true) return printJson(world.streams, { items });
  const rows = items.map((one) => [
    one.webhookId,
    one.name,
    one.state,
    one.waiting,
    one.dead,
    one.url,
    one.types.join(" "),
  ]);
  printTable(world.streams, ["WEBHOOK", "NAME", "STATE", "WAITING", "DEAD", "URL", "TYPES"], rows);
}

function print(world: World, command: Command, whole: object, pairs: [string, string][]): void {
  if (globalsOf(command).json === true) printJson(world.streams, whole);
  else printPairs(world.streams, pairs);
}
