// For tests: a real SMTP server over TLS with a certificate made on the spot. It keeps what it took, and fails when it is told to.
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { callbackify } from "node:util";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import { makeTestCertificate } from "../http/test-certificate.ts";

const CODE = /\b(\d{8})\b/;

/** What the server does with the next letters, one each; then it takes them again. */
export type Mishap = "try-later" | "refuse" | "drop-before" | "drop-after";

export interface TestSmtpServer {
  readonly port: number;
  readonly caPem: string;
  /** What was taken, in order. A letter whose connection broke after it was taken is among them. */
  readonly letters: ParsedMail[];
  readonly mishaps: Mishap[];
  /** Settings of a server that sends by this one. */
  readonly settings: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startSmtpServer(options: { readonly isTls?: boolean } = {}): Promise<TestSmtpServer> {
  const { isTls = true } = options;
  const { certPem, keyPem } = makeTestCertificate(new Date());
  const folder = await mkdtemp(join(tmpdir(), "uberrima-smtp-"));
  const caFile = join(folder, "ca.pem");
  await writeFile(caFile, certPem);
  const letters: ParsedMail[] = [];
  const mishaps: Mishap[] = [];
  const take = async (stream: Readable): Promise<void> => {
    const mishap = mishaps.shift();
    if (mishap === "drop-before") breakConnections(server);
    const parsed = await simpleParser(stream);
    if (mishap === "try-later") throw answer(451);
    if (mishap === "refuse") throw answer(550);
    if (mishap === "drop-before") throw answer(421);
    letters.push(parsed);
    if (mishap === "drop-after") breakConnections(server);
  };
  const server: SMTPServer = new SMTPServer({
    secure: isTls,
    ...(isTls ? { cert: certPem, key: keyPem } : { disabledCommands: ["STARTTLS"] }),
    authOptional: true,
    onData: (stream, _session, done) => callbackify(take)(stream, done),
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  return {
    port,
    caPem: certPem,
    letters,
    mishaps,
    settings: {
      UBERRIMA_SMTP_URL: `smtps://127.0.0.1:${port}`,
      UBERRIMA_SMTP_CA: caFile,
      UBERRIMA_MAIL_FROM: "service@insurer.example",
    },
    stop: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface TestSmtpProcess {
  readonly port: number;
  /** Once so many letters lie in its folder. */
  readonly taken: (count: number) => Promise<void>;
  /** By SIGKILL: nothing it was about to say is said. */
  kill(): Promise<void>;
}

/** In a process of its own, which ends when it is killed. `folder` holds cert.pem and key.pem. */
export async function startSmtpProcess(folder: string, port = 0): Promise<TestSmtpProcess> {
  const program = join(import.meta.dirname, "test-smtp-process.ts");
  const child = spawn(process.execPath, [program, folder, String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const lines: string[] = [];
  const heard = new EventEmitter();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    heard.emit("line");
  });
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await once(heard, "line");
  };
  await until(() => lines.length > 0);
  return {
    port: Number(lines[0]?.split(" ")[1]),
    taken: (count) => until(() => lines.length - 1 >= count),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The code in the newest letter to somebody that holds one, whatever else was written since; null when none does. */
export function codeIn(letters: readonly ParsedMail[], to: string): string | null {
  const codes = letters.flatMap((letter) => (addresseeOf(letter) === to && CODE.exec(letter.text ?? "")?.[1]) || []);
  return codes.at(-1) ?? null;
}

export function addresseeOf({ to }: ParsedMail): string {
  return (Array.isArray(to) ? to[0] : to)?.text ?? "";
}

function answer(responseCode: number): Error {
  return Object.assign(new Error("not now: customer@example.test"), { responseCode });
}

function breakConnections(server: SMTPServer): void {
  const { connections } = server as unknown as { readonly connections: Set<{ _socket: { destroy(): void } }> };
  for (const { _socket } of connections) _socket.destroy();
}
