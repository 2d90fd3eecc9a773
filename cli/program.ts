// The whole command line, put together.
import { Command } from "commander";
import { addAlert } from "./commands/alert.ts";
import { addAssignment } from "./commands/assignment.ts";
import { addCaller } from "./commands/caller.ts";
import { addChange } from "./commands/change.ts";
import { addClient } from "./commands/client.ts";
import { addCustomer } from "./commands/customer.ts";
import { addDisclose } from "./commands/disclose.ts";
import { addFinding } from "./commands/finding.ts";
import { addFlag } from "./commands/flag.ts";
import { addAttest, addBreakGlass, addGrant, addTeam } from "./commands/grant.ts";
import { addCertificate, addHold } from "./commands/hold.ts";
import { addImport } from "./commands/import.ts";
import { addInit } from "./commands/init.ts";
import { addLedger } from "./commands/ledger.ts";
import { addErase, addKeys, addSchema } from "./commands/operations.ts";
import { addNotice } from "./commands/notice.ts";
import { addRight } from "./commands/right.ts";
import { addRetention } from "./commands/retention.ts";
import { addReview } from "./commands/review.ts";
import { addPackage } from "./commands/package.ts";
import { addRecipient } from "./commands/recipient.ts";
import { addAuthorization } from "./commands/authorization.ts";
import { addDataCopies } from "./commands/data-copies.ts";
import { addDemand } from "./commands/demand.ts";
import { addRepresentative } from "./commands/representative.ts";
import { addPolicy } from "./commands/policy.ts";
import { addSearch } from "./commands/search.ts";
import { addStaff } from "./commands/staff.ts";
import { addStart } from "./commands/start.ts";
import { addToken } from "./commands/token.ts";
import { addVerify } from "./commands/verify.ts";
import { addWatch } from "./commands/watch.ts";
import { addWebhook } from "./commands/webhook.ts";
import { examples } from "./options.ts";
import type { World } from "./session.ts";

const EXIT_CODES =
  "\nExit codes: 0 done, 1 failed or refused, 2 wrong usage, 3 verification failed, 4 imported but for refused rows.\n";

const COMMANDS: readonly ((program: Command, world: World) => void)[] = [
  addStart,
  addInit,
  addClient,
  addStaff,
  addAssignment,
  addTeam,
  addGrant,
  addBreakGlass,
  addAttest,
  addPolicy,
  addFlag,
  addAuthorization,
  addDemand,
  addRepresentative,
  addRecipient,
  addPackage,
  addCaller,
  addChange,
  addCustomer,
  addImport,
  addSearch,
  addDisclose,
  addLedger,
  addErase,
  addHold,
  addRetention,
  addNotice,
  addCertificate,
  addKeys,
  addSchema,
  addVerify,
  addFinding,
  addToken,
  addReview,
  addRight,
  addDataCopies,
  addAlert,
  addWatch,
  addWebhook,
];

export function createProgram(world: World, version: string): Command {
  const program = new Command("uberrima")
    .description("Customer information of insurers: sealed, shown only through the gate, proven by a log.")
    .version(version)
    .option("--url <url>", "the server (default: UBERRIMA_URL, or http://127.0.0.1:7450)")
    .option(
      "--token-file <file>",
      "an owner-only file with the client's token (default: UBERRIMA_TOKEN, or your configuration folder)",
    )
    .option(
      "--key-file <file>",
      "an owner-only file with a client's private key, in place of a token (default: UBERRIMA_KEY_FILE)",
    )
    .option("--ca <file>", "trust this certificate authority as well (default: UBERRIMA_CA)")
    .option("--json", "print one JSON document")
    .configureOutput({
      writeOut: (text) => void world.streams.output.write(text),
      writeErr: (text) => void world.streams.errors.write(text),
      outputError: (text, write) => write(withoutValues(text)),
    })
    .exitOverride()
    .showHelpAfterError("(--help shows how)")
    .addHelpText(
      "after",
      examples("uberrima start", "uberrima init", "uberrima search policy-number --purpose claim-handling") +
        EXIT_CODES,
    );
  for (const add of COMMANDS) add(program, world);
  return program;
}

/** What was typed in the wrong place may be anything, and what we print ends up in logs of others: Commander would repeat it. */
function withoutValues(message: string): string {
  return message
    .replace(/argument '[\s\S]*' is invalid/, "argument is invalid")
    .replace(/unknown (command|option) '.*'/s, "unknown $1");
}
