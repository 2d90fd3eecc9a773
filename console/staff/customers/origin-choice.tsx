// Where something that is entered is from, out of governance's closed lists: a source, one of its grounds, and what these two need.
import { Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { useAsk } from "../../shared/queries.ts";
import { useLanguage } from "../../shared/texts.tsx";
import type { ChosenOrigin } from "../imports/draft.ts";

type UnitKind = AnswerOf<"describeSchema">["recordTypes"][number]["unitKinds"][number];

export interface OriginChoiceProps {
  /** Null until one is chosen. */
  readonly origin: ChosenOrigin | null;
  readonly onOrigin: (origin: ChosenOrigin) => void;
  /** Grounds that do not hold there are not offered. */
  readonly units: readonly UnitKind[];
}

export function OriginChoice({ origin, onOrigin, units }: OriginChoiceProps): ReactNode {
  const t = useTranslations("common");
  const language = useLanguage();
  const { data } = useAsk("describeSchema", {}, { staleTime: Infinity, refetchOnWindowFocus: false });
  const { sources = [], grounds = [] } = data?.origins ?? {};
  const source = sources.find((one) => one.source === origin?.source);
  const ground = grounds.find((one) => one.ground === origin?.ground);
  const offered = grounds.filter(
    (one) => source?.grounds.includes(one.ground) && units.every((unit) => one.units?.includes(unit) ?? true),
  );
  const choose = (name: string | null): void => {
    const next = sources.find((one) => one.source === name);
    const keeps = origin !== null && next?.grounds.includes(origin.ground) === true;
    if (next !== undefined) onOrigin({ source: next.source, ground: keeps ? origin.ground : (next.grounds[0] ?? "") });
  };
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Select
        label={t("origin.source")}
        allowDeselect={false}
        data={sources.map((one) => ({ value: one.source, label: one.title[language] }))}
        value={origin?.source ?? null}
        onChange={choose}
      />
      <Select
        label={t("origin.ground")}
        allowDeselect={false}
        data={offered.map((one) => ({ value: one.ground, label: one.title[language] }))}
        value={origin?.ground ?? null}
        disabled={origin === null}
        onChange={(value) => value !== null && origin !== null && onOrigin({ source: origin.source, ground: value })}
      />
      {origin !== null && source?.isInstitution === true && (
        <TextInput
          label={t("origin.institution")}
          description={t("origin.institutionHint")}
          maxLength={120}
          value={origin.institution ?? ""}
          onChange={(event) => onOrigin(withPart(origin, "institution", event.currentTarget.value))}
        />
      )}
      {origin !== null && ground?.needsReference === true && (
        <TextInput
          label={t("origin.reference")}
          description={t("origin.referenceHint")}
          maxLength={100}
          required
          value={origin.reference ?? ""}
          onChange={(event) => onOrigin(withPart(origin, "reference", event.currentTarget.value))}
        />
      )}
    </SimpleGrid>
  );
}

function withPart(origin: ChosenOrigin, part: "reference" | "institution", text: string): ChosenOrigin {
  const { [part]: _, ...rest } = origin;
  return text === "" ? rest : { ...rest, [part]: text };
}
