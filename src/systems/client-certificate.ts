// Certificates that clients show in the TLS handshake (RFC 8705): by what they are known, and whether the one shown is the one registered.
import { createHash, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { z } from "zod";
import { equalConstantTime, utf8 } from "../kernel/bytes.ts";
import { SystemsError } from "./errors.ts";

/** What the TLS connection itself says, never a header. The handshake has shown that the sender holds the private key. */
export interface ShownCertificate {
  readonly x509: X509Certificate;
  /** SHA-256 over its DER: `x5t#S256`. */
  readonly thumbprint: Uint8Array;
  /** Whether a certificate authority that this server was told to trust issued it, and it is in time. */
  readonly isTrusted: boolean;
}

/** RFC 8705 2.1.2; a client has one. */
const NAME_TYPES = ["subject-dn", "san-dns", "san-uri", "san-ip", "san-email"] as const;
const NAME_LENGTH_MAX = 500;
const PEM_LENGTH_MAX = 20_000;

const certificateName = z.strictObject({
  type: z.enum(NAME_TYPES),
  value: z.string().min(1).max(NAME_LENGTH_MAX),
});
export type CertificateName = z.output<typeof certificateName>;

/** As stored in an authority row: self_signed_tls_client_auth by its digest, or tls_client_auth by the name it was issued to. */
export const registeredCertificate = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("thumbprint"),
    thumbprint: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    endsAt: z.string(),
  }),
  z.strictObject({ by: z.literal("name"), name: certificateName }),
]);
export type RegisteredCertificate = z.output<typeof registeredCertificate>;

/** Throws SystemsError `bad-certificate`. */
export function registerCertificate(pem: string, now: Date): RegisteredCertificate {
  const x509 = parsePem(pem);
  if (!isInTime(x509, now)) throw new SystemsError("bad-certificate", "the certificate is expired, or not valid yet");
  const thumbprint = Buffer.from(thumbprintOf(x509)).toString("base64url");
  return { by: "thumbprint", thumbprint, endsAt: x509.validToDate.toISOString() };
}

/** Throws SystemsError `bad-certificate` for a name that no certificate could be compared with. */
export function registerName(name: CertificateName): RegisteredCertificate {
  const parsed = certificateName.safeParse(name);
  if (!parsed.success || /[\p{Cc}]/u.test(name.value) || (name.type === "san-ip" && isIP(name.value) === 0))
    throw new SystemsError("bad-certificate", "the name is empty, too long or not of its type");
  return { by: "name", name: parsed.data };
}

export function showCertificate(der: Uint8Array, isTrusted: boolean): ShownCertificate {
  const x509 = new X509Certificate(der);
  return { x509, thumbprint: thumbprintOf(x509), isTrusted };
}

/** Whether what was shown is what was registered. */
export function isRegistered(shown: ShownCertificate, registered: RegisteredCertificate, now: Date): boolean {
  if (!isInTime(shown.x509, now)) return false;
  if (registered.by === "thumbprint")
    return equalConstantTime(shown.thumbprint, Buffer.from(registered.thumbprint, "base64url"));
  // Anybody can write a name into a certificate of their own.
  return shown.isTrusted && bearsName(shown.x509, registered.name);
}

function bearsName(x509: X509Certificate, { type, value }: CertificateName): boolean {
  if (type === "subject-dn") return subjectOf(x509) === value;
  const wanted = { "san-dns": "DNS", "san-uri": "URI", "san-ip": "IP Address", "san-email": "email" }[type];
  return alternativeNames(x509.subjectAltName ?? "").some((name) => name.type === wanted && name.value === value);
}

/** The subject as RFC 4514 writes it: last part first. Node has escaped each part by RFC 2253. */
export function subjectOf(x509: X509Certificate): string {
  // An empty subject is undefined, whatever its type says.
  return ((x509.subject as string | undefined) ?? "").split("\n").toReversed().join(",");
}

/**
 * Node lists names as `DNS:a, URI:b` and writes one that holds a comma or quote as a JSON string, so that no name can pass itself off as two
 * (CVE-2021-44532).
 */
export function alternativeNames(text: string): { readonly type: string; readonly value: string }[] {
  const names: { type: string; value: string }[] = [];
  const one = /([^:,]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/y;
  while (one.lastIndex < text.length) {
    const found = one.exec(text);
    if (found === null) return [];
    const [, type = "", value = ""] = found;
    names.push({ type, value: value.startsWith('"') ? String(JSON.parse(value)) : value });
  }
  return names;
}

function thumbprintOf(x509: X509Certificate): Uint8Array {
  return createHash("sha256").update(x509.raw).digest();
}

function isInTime(x509: X509Certificate, now: Date): boolean {
  return x509.validFromDate <= now && now < x509.validToDate;
}

function parsePem(pem: string): X509Certificate {
  if (pem.length > PEM_LENGTH_MAX || pem.split("-----BEGIN CERTIFICATE-----").length !== 2 || pem.includes("PRIVATE"))
    throw new SystemsError("bad-certificate", "one PEM certificate is needed, and nothing private");
  try {
    return new X509Certificate(utf8(pem));
  } catch (cause) {
    throw new SystemsError("bad-certificate", "the text is no certificate", { cause });
  }
}
