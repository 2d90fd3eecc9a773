// The root of all keys. An HSM (PKCS#11), a cloud key-management service or a transit engine can stand behind this.
export interface KeyProvider {
  /** For logs and the readiness answer. */
  readonly name: string;
  /** Seals a domain key under the root key; `context` must be authenticated with it. */
  wrap(plain: Uint8Array, context: Uint8Array): Promise<Uint8Array>;
  /** Throws when `wrapped` was made under another root key or with another context. */
  unwrap(wrapped: Uint8Array, context: Uint8Array): Promise<Buffer>;
}
