// `npm run demo`: starts from nothing, performs the main job and narrates it, then stays up; `-- --exit` ends by itself.
import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { note, say, scene } from "./narrator.ts";
import { inviteToTheConsole } from "./people.ts";
import { writeSampleInsurer } from "./sample-insurer.ts";
import {
  askTooMuch,
  erase,
  hireCast,
  openACase,
  protectTheAddress,
  SAMPLE,
  sealTheInsurer,
  showTheAccounting,
  tamper,
  workTheClaim,
} from "./scenes.ts";
import { setStage, type Stage } from "./stage.ts";

const { values } = parseArgs({
  options: {
    exit: { type: "boolean", default: false },
    feeds: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const HELP = `npm run demo [-- --exit | --feeds FOLDER]

  --exit           end when the story is told, with status 0 when all went as it should
  --feeds FOLDER   only write the sample insurer's feeds, to import them into a server of your own`;

if (values.help) {
  console.log(HELP);
} else if (values.feeds !== undefined) {
  await mkdir(values.feeds, { recursive: true });
  const [files] = await writeSampleInsurer(values.feeds, SAMPLE);
  console.log(Object.values(files).join("\n"));
} else {
  await run(values.exit);
}

async function run(exitAtEnd: boolean): Promise<void> {
  scene("Starting PostgreSQL, making keys, starting a server");
  const stage = await setStage();
  try {
    await tell(stage);
    if (exitAtEnd) return note("It ends here, and the invitations with it: without --exit it stays up.");
    showTheWayOn(stage);
    await new Promise<void>((resolve) => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
    });
  } finally {
    await stage.close();
  }
}

async function tell(stage: Stage): Promise<void> {
  say(`${stage.url}, keys and data in a folder of its own`);
  const cast = await hireCast(stage);
  await sealTheInsurer(stage, cast);
  const open = await openACase(stage, cast);
  const receipt = await workTheClaim(stage, cast, open);
  await askTooMuch(cast, open);
  await protectTheAddress(cast, open);
  await showTheAccounting(cast, open);
  await tamper(stage, cast, open);
  await erase(stage, cast, open, receipt);
  await inviteToTheConsole(stage, cast);
  scene("Done: everything above happened in a real server, a real database and a real log");
}

function showTheWayOn(stage: Stage): void {
  scene("It stays up until you press Ctrl-C. Where to go on:");
  say(`${stage.url}/home                    the console for staff; the invitations above lead into it`);
  say(`${stage.url}/portal                  the portal for customers`);
  say(`${stage.url}/docs                    the API, browsable`);
  say(`${stage.url}/log/checkpoint          the log's signed head; tiles beside it`);
  say(`curl -H "Authorization: Bearer ${stage.admin.token}" ${stage.url}/v1/clients`);
  note("The token is the demo administrator's; it ends with the demo, as does everything else in it.");
}
