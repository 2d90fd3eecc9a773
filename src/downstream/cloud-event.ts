// An event as other systems read it: CloudEvents 1.0 in its JSON format (structured mode), of ids and words of closed lists.
import type { Happening } from "../events/stream.ts";
import type { EventType } from "./told-of.ts";

export const MEDIA_TYPE = "application/cloudevents+json";

/** `type` is versioned, so that a receiver can tell when members change. */
export function cloudEvent(happening: Happening, type: EventType, origin: string): string {
  const { entryId, at, ...said } = happening;
  const { customers, customersCount, recipient, purpose, basis, classes, outcome, action, flag, about } = said;
  return JSON.stringify({
    specversion: "1.0",
    id: entryId,
    // A network-path reference (RFC 3986 4.2): the log's name is not promised to be an address.
    source: `//${origin}`,
    type: `uberrima.${type}.v1`,
    time: new Date((at ?? 0) * 1000).toISOString(),
    ...(customers.length === 1 ? { subject: customers[0] } : {}),
    datacontenttype: "application/json",
    data: { customers, customersCount, recipient, purpose, basis, classes, outcome, action, flag, about },
  });
}
