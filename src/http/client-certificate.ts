// The certificate a client showed in the TLS handshake. INVARIANT: read from the connection alone; what headers say of one is never looked at.
import { TLSSocket } from "node:tls";
import type { FastifyRequest } from "fastify";
import { showCertificate, type ShownCertificate } from "../systems/systems.ts";

const shown = new WeakMap<TLSSocket, ShownCertificate | null>();

/** Null on connections without TLS, and where none was shown. Read once a connection. */
export function shownCertificate(request: FastifyRequest): ShownCertificate | null {
  const { socket } = request.raw;
  if (!(socket instanceof TLSSocket)) return null;
  const known = shown.get(socket);
  if (known !== undefined) return known;
  const x509 = socket.getPeerX509Certificate();
  const found = x509 === undefined ? null : showCertificate(x509.raw, socket.authorized);
  shown.set(socket, found);
  return found;
}
