import type { LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { GatewayError } from "./gatewayError.ts";

// Where clouds keep the credentials of a machine, and this machine itself: clients are told to go there directly, so
// nobody who comes to the gateway for them means well.
const refused = new BlockList();
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addSubnet("127.0.0.0", 8, "ipv4");
refused.addSubnet("0.0.0.0", 8, "ipv4");
// Azure's, Alibaba's and Oracle's own addresses for the same.
refused.addAddress("168.63.129.16", "ipv4");
refused.addAddress("100.100.100.200", "ipv4");
refused.addAddress("192.0.0.192", "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
refused.addSubnet("fd00:ec2::", 32, "ipv6");
refused.addSubnet("fd20:ce::", 32, "ipv6");
refused.addAddress("::1", "ipv6");
refused.addAddress("::", "ipv6");

const refusedNames =
  /^(?:(?:.*\.)?localhost|localhost\.localdomain|ip6-(?:localhost|loopback)|metadata(?:\.google\.internal|\.goog)?|instance-data(?:\.ec2\.internal)?)\.?$/i;

/**
 * Makes sure that a host, as its name or address tells, is none that the gateway never goes to.
 * @throws GatewayError `refused`
 */
export function requireAllowed(host: string): void {
  if (refusedNames.test(host) || isRefusedAddress(host)) throw refusal(host);
}

/** Looks names up, but none may stand for an address that is refused: that raises GatewayError `refused`. */
export function allowedLookup(system: typeof import("node:dns").lookup): LookupFunction {
  return (host, options, done) => {
    system(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, "", 0);
      if (addresses.some(({ address }) => isRefusedAddress(address))) return done(refusal(host), "", 0);
      if (options.all) return done(null, addresses);
      const [first] = addresses;
      return done(null, first?.address ?? "", first?.family ?? 4);
    });
  };
}

function refusal(host: string): GatewayError {
  return new GatewayError("refused", `${host} is not reached through this gateway.`);
}

function isRefusedAddress(text: string): boolean {
  const [address = ""] = text.split("%");
  const family = isIP(address);
  if (family === 0) return false;
  if (family === 4) return refused.check(address, "ipv4");
  return refused.check(address, "ipv6") || embeddedAddresses(address).some((one) => refused.check(one, "ipv4"));
}

/** The IPv4 addresses that an IPv6 address can lead to: mapped, translated (RFC 6052, RFC 7915), by 6to4 (RFC 3056). */
function embeddedAddresses(address: string): string[] {
  const groups = groupsOf(address);
  const dotted = (high = 0, low = 0) => [high >> 8, high & 255, low >> 8, low & 255].join(".");
  if (groups[0] === 0x2002) return [dotted(groups[1], groups[2])];
  const prefix = groups.slice(0, 6).map((group) => group.toString(16));
  const known = ["0:0:0:0:0:0", "0:0:0:0:0:ffff", "0:0:0:0:ffff:0", "64:ff9b:0:0:0:0"];
  return known.includes(prefix.join(":")) ? [dotted(groups[6], groups[7])] : [];
}

function groupsOf(address: string): number[] {
  const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? "";
  const [head = [], tail = []] = canonical.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const gap = new Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...gap, ...tail].map((group) => Number.parseInt(group, 16));
}
