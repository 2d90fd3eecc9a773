// `uberrima start`: runs the server in the foreground.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { CliError, EXIT, type ExitCode } from "../exit.ts";
import { examples } from "../options.ts";
import type { World } from "../session.ts";

const SERVER = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export function addStart(program: Command, world: World): void {
  program
    .command("start")
    .description("run the server in the foreground; settings come from UBERRIMA_* variables")
    .addHelpText("after", examples("uberrima start", "UBERRIMA_DATA=/srv/uberrima UBERRIMA_PORT=8443 uberrima start"))
    .action(async () => {
      const code = await run(world);
      if (code !== EXIT.ok) throw new CliError("the server ended with a failure", { exitCode: code });
    });
}

function run(world: World): Promise<ExitCode> {
  return new Promise((resolve) => {
    const server = spawn(process.execPath, [SERVER], { stdio: "inherit", env: world.environment });
    // The terminal sends its interrupts to the server too, which drains; this process only waits for that.
    process.on("SIGINT", ignore);
    process.on("SIGTERM", () => server.kill("SIGTERM"));
    server.on("error", () => resolve(EXIT.failed));
    server.on("exit", (code) => resolve(code === 0 ? EXIT.ok : EXIT.failed));
  });
}

function ignore(): void {}
