// Where a webhook may go: public addresses over https. Against server-side request forgery (OWASP), names are judged by what they mean at each connection.
import { lookup as systemLookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { DownstreamError } from "./errors.ts";

/** IANA's special-purpose registries (RFC 6890): none of these is a receiver on the internet. */
const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, "ipv4");
/** Documentation, tunnels that carry an IPv4 address within, and protocol assignments, all within what is global unicast otherwise. */
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  NOT_PUBLIC.addSubnet(network, prefix, "ipv6");
const GLOBAL_UNICAST = new BlockList();
GLOBAL_UNICAST.addSubnet("2000::", 3, "ipv6");

const URL_LENGTH_MAX = 2000;

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC.check(address, "ipv4");
  // What maps an IPv4 address (::ffff:0:0/96, 64:ff9b::/96) lies outside of global unicast.
  return family === 6 && GLOBAL_UNICAST.check(address, "ipv6") && !NOT_PUBLIC.check(address, "ipv6");
}

/** Throws DownstreamError `bad-destination`, `private-destination`. A name is judged when it is connected to. */
export function checkedDestination(text: string, isPrivateAllowed: boolean): URL {
  if (text.length > URL_LENGTH_MAX || !URL.canParse(text)) throw new DownstreamError("bad-destination");
  const url = new URL(text);
  const isPlain = url.username === "" && url.password === "" && url.hash === "";
  if (url.protocol !== "https:" || !isPlain) throw new DownstreamError("bad-destination");
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (isPrivateAllowed) return url;
  const isNameOfOurs = /(^|\.)(localhost|local|internal|home\.arpa)\.?$/i.test(host);
  if (isNameOfOurs || (isIP(host) !== 0 && !isPublicAddress(host))) throw new DownstreamError("private-destination");
  return url;
}

/** Gives a connection none but public addresses. INVARIANT: the connection uses what was judged; there is no second look-up in between. */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, "");
    const open = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = open;
    if (first === undefined) return done(new DownstreamError("private-destination"), "");
    if (options.all === true) return done(null, open);
    done(null, first.address, first.family);
  });
};
