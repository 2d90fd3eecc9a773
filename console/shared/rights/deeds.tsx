// What is done about a request that was granted: each deed, whether it is done, and where what came of it is found.
import { List, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Moment } from "../moment.tsx";

const CHOICES = ["marketing", "affiliate-sharing", "third-party-sharing"] as const;
const isChoice = (code: string | null): code is (typeof CHOICES)[number] => CHOICES.some((one) => one === code);

const MARKS = { due: "…", waits: "…", done: "✓", forbidden: "✕" } as const;

export interface ShownDeed {
  readonly do: "copy" | "erase" | "restrict" | "choose" | "list" | "review" | "correct" | "tell" | "tell-statement";
  readonly to: string | null;
  readonly state: "due" | "waits" | "done" | "forbidden";
  readonly at: string | null;
  readonly resultId: string | null;
  /** Of a correction that waited for the contact as it was before. */
  readonly ended: "stopped" | "dropped" | null;
}

/** A correction waits for the customer, whatever else waits for somebody who works here. */
const stateOf = ({ do: what, state, ended }: ShownDeed) =>
  ended ?? (what === "correct" && state === "waits" ? "confirm" : state);

interface DeedsProps<Deed extends ShownDeed> {
  readonly deeds: readonly Deed[];
  /** What else is told of each. */
  readonly more?: (deed: Deed) => ReactNode;
}

export function Deeds<Deed extends ShownDeed>({ deeds, more }: DeedsProps<Deed>): ReactNode {
  return (
    <List size="sm" spacing="xs" listStyleType="none">
      {deeds.map((deed, at) => (
        <List.Item key={`${deed.do} ${deed.to ?? ""} ${String(at)}`}>
          <DeedLine deed={deed} />
          {more?.(deed)}
        </List.Item>
      ))}
    </List>
  );
}

function DeedLine({ deed }: { readonly deed: ShownDeed }): ReactNode {
  const t = useTranslations("rights-words");
  return (
    <Text span inherit>
      <span aria-hidden="true">{MARKS[deed.state]} </span>
      {deed.do === "choose" && isChoice(deed.to) ? t(`choices.${deed.to}`) : t(`deeds.${deed.do}`)}
      {": "}
      {t(`deedStates.${stateOf(deed)}`)}
      {deed.state === "done" && deed.at !== null && (
        <>
          {", "}
          <Moment at={deed.at} />
        </>
      )}
    </Text>
  );
}
