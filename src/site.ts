// Where browsers reach this server: as configured, or on localhost at the port it listens on.
import type { Config } from "./config.ts";

export interface Site {
  readonly url: () => URL;
  /** Once a port is known that was left to be found. */
  listensOn(url: string): void;
}

export function siteOf({ publicUrl, listen }: Pick<Config, "publicUrl" | "listen">): Site {
  const protocol = listen.tls === null ? "http" : "https";
  let url = publicUrl ?? new URL(`${protocol}://localhost:${listen.port}`);
  return {
    url: () => url,
    listensOn: (listening) => {
      if (publicUrl === null) url = new URL(`${protocol}://localhost:${new URL(listening).port}`);
    },
  };
}
