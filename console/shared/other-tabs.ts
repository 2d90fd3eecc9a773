// What tabs of one browser tell each other: codes alone, kept nowhere.
export type TabNews = "signed-in" | "signed-out" | "factor-shown";

const NEWS: ReadonlySet<unknown> = new Set<TabNews>(["signed-in", "signed-out", "factor-shown"]);
/** Staff and customers have sessions of their own, which end by themselves. */
const channel = new BroadcastChannel(/^\/portal(\/|$)/.test(location.pathname) ? "uberrima-portal" : "uberrima-staff");

export function tellTabs(news: TabNews): void {
  channel.postMessage(news);
}

/** Returns what ends it. Whoever told does not hear it. */
export function heedTabs(listener: (news: TabNews) => void): () => void {
  const hear = ({ data }: MessageEvent<unknown>): void => {
    if (NEWS.has(data)) listener(data as TabNews);
  };
  channel.addEventListener("message", hear);
  return () => channel.removeEventListener("message", hear);
}
