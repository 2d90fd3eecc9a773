// For tests: a receiver of syslog over TLS that reads frames strictly, and can refuse, stall, and go away in the middle.
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type TLSSocket } from "node:tls";
import { makeTestCertificate, type TestCertificate } from "../http/test-certificate.ts";

export interface Received {
  readonly message: string;
  readonly id: string;
  readonly sequence: number;
  readonly event: { readonly [key: string]: unknown };
}

export interface TestReceiver {
  readonly port: number;
  readonly certificate: TestCertificate;
  readonly received: readonly Received[];
  /** How many connections have been made. */
  connections(): number;
  /** Takes connections, and reads nothing from them, until `resume`. */
  stall(): void;
  resume(): void;
  /** Resets every connection, whatever is on its way. */
  reset(): void;
  /** Resets each connection after so many bytes, for as long as it is set. */
  resetAfterBytes(bytes: number | null): void;
  close(): Promise<void>;
  /** The same port again, with what was received. */
  listen(): Promise<void>;
}

export interface ReceiverOptions {
  readonly certificate?: TestCertificate;
  /** Asks for a certificate that this one has signed. */
  readonly clientCa?: string;
}

interface State {
  readonly received: Received[];
  readonly sockets: Set<TLSSocket>;
  made: number;
  stalled: boolean;
  limitBytes: number | null;
}

export async function startTestReceiver(options: ReceiverOptions = {}): Promise<TestReceiver> {
  const certificate = options.certificate ?? makeTestCertificate(new Date());
  const state: State = { received: [], sockets: new Set(), made: 0, stalled: false, limitBytes: null };
  const server = createServer(
    {
      cert: certificate.certPem,
      key: certificate.keyPem,
      ...(options.clientCa === undefined ? {} : { requestCert: true, rejectUnauthorized: true, ca: options.clientCa }),
    },
    (socket) => accept(state, socket),
  );
  server.on("tlsClientError", () => {});
  await listenOn(server, 0);
  const { port } = server.address() as AddressInfo;
  const reset = (): void => {
    for (const socket of state.sockets) socket.destroy();
  };
  return {
    port,
    certificate,
    received: state.received,
    connections: () => state.made,
    stall: () => {
      state.stalled = true;
      for (const socket of state.sockets) socket.pause();
    },
    resume: () => {
      state.stalled = false;
      for (const socket of state.sockets) socket.resume();
    },
    reset,
    resetAfterBytes: (bytes) => {
      state.limitBytes = bytes;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      reset();
      await closed;
    },
    listen: () => listenOn(server, port),
  };
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

function accept(state: State, socket: TLSSocket): void {
  state.made += 1;
  state.sockets.add(socket);
  socket.on("close", () => state.sockets.delete(socket));
  socket.on("error", () => {});
  let pending = Buffer.alloc(0);
  let bytes = 0;
  socket.on("data", (part: Buffer) => {
    bytes += part.length;
    // What goes down with the connection was read by nobody.
    if (state.limitBytes !== null && bytes > state.limitBytes) return void socket.destroy();
    pending = Buffer.concat([pending, part]);
    pending = takeFrames(pending, (message) => state.received.push(parseMessage(message)));
  });
  if (state.stalled) socket.pause();
}

/** RFC 5425 4.3: `MSG-LEN SP SYSLOG-MSG`. Returns what is not a whole frame yet. */
function takeFrames(bytes: Buffer, take: (message: string) => void): Buffer<ArrayBuffer> {
  let at = 0;
  for (;;) {
    const space = bytes.indexOf(0x20, at);
    if (space === -1) break;
    const length = bytes.toString("latin1", at, space);
    assert.match(length, /^[1-9][0-9]*$/);
    const end = space + 1 + Number(length);
    if (end > bytes.length) break;
    take(bytes.toString("latin1", space + 1, end));
    at = end;
  }
  return Buffer.from(bytes.subarray(at));
}

const MESSAGE = /^<(\d{1,3})>1 (\S+) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) ((?:\[[^\]]*\])+) (\{.*\})$/;

export function parseMessage(message: string): Received {
  const match = MESSAGE.exec(message);
  assert.ok(match !== null, `not a message of RFC 5424: ${message}`);
  const data = match[7] ?? "";
  return {
    message,
    id: /\bid="([^"]+)"/.exec(data)?.[1] ?? "",
    sequence: Number(/\bsequence="(\d+)"/.exec(data)?.[1]),
    event: JSON.parse(match[8] ?? "") as { [key: string]: unknown },
  };
}
